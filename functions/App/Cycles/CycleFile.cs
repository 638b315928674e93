using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>The cycle that an empty store begins with: an embedded file's name, or the path of a file.</summary>
public sealed partial class CycleFile
{
    private const string Setting = "Cycle__File";
    private const int MostLanes = 64;

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
        var (cycle, fault) = Read(file);
        return cycle ?? throw new InvalidSettingException(Setting, $"names '{name}', where {fault}");
    }

    /// <summary>The cycle, or what is wrong with it.</summary>
    public static (Cycle? Cycle, string? Fault) Read(Stream file)
    {
        try
        {
            var cycle = JsonSerializer.Deserialize<Cycle>(file, Json.Options);
            return Fault(cycle) is { } fault ? (null, fault) : (cycle, null);
        }
        catch (JsonException malformed)
        {
            return (null, $"line {malformed.LineNumber + 1} cannot be read ({malformed.Path})");
        }
    }

    /// <summary>What is wrong with a cycle, or null.</summary>
    internal static string? Fault(Cycle? cycle) => cycle switch
    {
        null => "nothing is written",
        { Id: not { Length: > 0 and <= 20 } } => "id is missing or longer than 20 characters",
        _ when !KeyPattern().IsMatch(cycle.Id) => "id may hold a–z, 0–9 and '-' only",
        { Name: not { Es.Length: > 0, En.Length: > 0 } } => "name lacks a language",
        { TimeZone: null } => "timeZone is missing",
        _ when DateTimeZoneProviders.Tzdb.GetZoneOrNull(cycle.TimeZone) is null => "timeZone is unknown",
        { Lanes: < 1 or > MostLanes } => $"lanes is not between 1 and {MostLanes}",
        { Activities: not { Count: > 0 } } => "activities is empty",
        { Holidays: null } => "holidays is missing",
        { Territories: not { Count: > 0 } } => "territories is empty",
        { Deadlines: null } => "deadlines is empty",
        _ => cycle.Dated.Select(Fault).FirstOrDefault(fault => fault is not null) ?? FaultOfKeys(cycle) ?? Fault(cycle.Notices),
    };

    private static string? Fault(Activity? activity) => activity switch
    {
        null or { Number: < 1 } => "an activity's number is missing",
        { Key: null } => $"activity {activity.Number} has no key",
        _ when !KeyPattern().IsMatch(activity.Key) => $"activity {activity.Number}'s key may hold a–z, 0–9 and '-' only",
        { Title: not { Es.Length: > 0, En.Length: > 0 } } => $"activity {activity.Number}'s title lacks a language",
        { Label: not { Es.Length: > 0, En.Length: > 0 } } => $"activity {activity.Number}'s label lacks a language",
        { Responsible: not { Length: > 0 } } => $"activity {activity.Number} has no responsible body",
        _ when activity.Opens == default || activity.Closes == default => $"activity {activity.Number} lacks a date",
        _ when activity.Opens > activity.Closes => $"activity {activity.Number} closes before it opens",
        _ => null,
    };

    private static string? FaultOfKeys(Cycle cycle)
    {
        var keys = cycle.Dated.Select(activity => activity.Key).ToHashSet();
        return keys.Count < cycle.Dated.Count ? "two activities share a key"
            : cycle.Activities.DistinctBy(activity => activity.Number).Count() < cycle.Activities.Count ? "two activities share a number"
            : cycle.Deadlines.Any(deadline => cycle.Activities.All(activity => activity.Number != deadline.Number)) ? "a deadline belongs to no activity"
            : ActivityKeys.Required.FirstOrDefault(key => !keys.Contains(key)) is { } lacking ? $"no activity has the key '{lacking}'"
            : cycle.Dated.SelectMany(activity => activity.Follows).FirstOrDefault(key => !keys.Contains(key)) is { } unknown ? $"an activity follows '{unknown}', which is none"
            : cycle.Territories.Any(territory => territory is not { Code.Length: > 0, Name.Length: > 0 }) ? "a territory lacks code or name"
            : cycle.Territories.DistinctBy(territory => territory.Code).Count() < cycle.Territories.Count ? "two territories share a code"
            : null;
    }

    private static string? Fault(NoticePolicy? policy) => policy switch
    {
        null or { Opens: null } or { OpensLong: null } or { Closes: null } or { RequestWorkingDaysBefore: null } => "notices is incomplete",
        { LateEvery: < 1 } => "notices.lateEvery is less than a day",
        _ when policy.Opens.Concat(policy.OpensLong).Concat(policy.Closes).Concat(policy.RequestWorkingDaysBefore).Any(days => days is < 0 or > 365)
            => "notices has a number of days that is not between 0 and 365",
        _ => null,
    };

    private static Stream? Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"OpenGov.Functions.Cycles.Data.{name}.json")
        ?? (File.Exists(name) ? File.OpenRead(name) : null);

    [GeneratedRegex("^[a-z0-9-]+$")]
    private static partial Regex KeyPattern();
}
