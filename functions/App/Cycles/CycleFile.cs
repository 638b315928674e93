using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>A cycle as a data file: one of the product's own by name, or another by path.</summary>
public static class CycleFile
{
    private const string Setting = "Cycle__File";

    /// <exception cref="InvalidSettingException">There is no such file, or it is no sound cycle.</exception>
    public static Cycle Read(string nameOrPath, Instant loadedAt)
    {
        using var stream = typeof(CycleFile).Assembly.GetManifestResourceStream($"OpenGov.Functions.Cycles.Data.{nameOrPath}.json")
            ?? (File.Exists(nameOrPath) ? File.OpenRead(nameOrPath) : throw new InvalidSettingException(Setting, $"names {nameOrPath}, which is not there"));
        try
        {
            var cycle = JsonSerializer.Deserialize<Cycle>(stream, Json.Options)! with { LoadedAt = loadedAt, Version = 1 };
            return FaultOf(cycle) is { } fault ? throw new InvalidSettingException(Setting, fault) : cycle;
        }
        catch (JsonException malformed)
        {
            throw new InvalidSettingException(Setting, $"is malformed at {malformed.Path}");
        }
    }

    private static string? FaultOf(Cycle cycle) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(cycle.TimeZone) is null ? $"names the time zone {cycle.TimeZone}, which does not exist"
        : cycle.Lanes is < 1 or > 64 ? "has a number of lanes outside 1 to 64"
        : cycle.Activities.GroupBy(activity => activity.Key).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"has the activity {twice.Key} twice"
        : cycle.Activities.FirstOrDefault(activity => activity.Closes < activity.Opens) is { } backwards ? $"closes {backwards.Key} before it opens"
        : cycle.Activities.All(activity => activity.Key != ActivityKeys.Call) ? $"has no activity {ActivityKeys.Call}"
        : null;
}
