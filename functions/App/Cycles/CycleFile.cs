using System.Reflection;
using System.Text;
using System.Text.Json;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Cycles;

/// <summary>The cycle that an empty store begins with: an embedded file's name, or the path of a file.</summary>
public sealed class CycleFile
{
    private const string Setting = "Cycle__File";

    public CycleFile(IConfiguration configuration)
    {
        var name = configuration["Cycle:File"];
        Cycle = Read(string.IsNullOrWhiteSpace(name) ? throw new InvalidSettingException(Setting, "is missing") : name.Trim());
    }

    /// <summary>As the file has it: not loaded yet, version 0.</summary>
    public Cycle Cycle { get; }

    /// <exception cref="InvalidSettingException">The file is not there, or is no cycle.</exception>
    public static Cycle Read(string name)
    {
        using var file = Open(name) ?? throw new InvalidSettingException(Setting, $"names '{name}', which is neither an embedded cycle nor a file");
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        var (cycle, faults) = Read(bytes.ToArray());
        return cycle ?? throw new InvalidSettingException(Setting, $"names '{name}', where {faults[0].In(Language.English)}");
    }

    /// <summary>The cycle, or what is wrong with it: everything, each with its line.</summary>
    /// <param name="json">UTF-8, with or without its mark.</param>
    public static (Cycle? Cycle, IReadOnlyList<CycleFault> Faults) Read(byte[] json)
    {
        json = json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        JsonPlaces places;
        try
        {
            places = JsonPlaces.Read(json);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return (null, [CycleFault.At("", "NoJson") with { Line = (int)((malformed as JsonException)?.LineNumber ?? 0) + 1 }]);
        }
        if (places.Twice.Count > 0)
        {
            return (null, WithLines(places.Twice.Select(path => CycleFault.At(path, "MemberTwice"))));
        }
        try
        {
            var cycle = JsonSerializer.Deserialize<Cycle>(json, Json.Options);
            return CycleFaults.Of(cycle) is { Count: > 0 } faults ? (null, WithLines(faults)) : (cycle, []);
        }
        catch (JsonException wrong)
        {
            return (null, WithLines([CycleFault.At(wrong.Path?.TrimStart('$', '.') ?? "", "WrongValue")]));
        }

        IReadOnlyList<CycleFault> WithLines(IEnumerable<CycleFault> found) => [.. found.Select(fault => fault with { Line = places.LineOf(fault.Place) })];
    }

    private static Stream? Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"OpenGov.Functions.Cycles.Data.{name}.json")
        ?? (File.Exists(name) ? File.OpenRead(name) : null);
}
