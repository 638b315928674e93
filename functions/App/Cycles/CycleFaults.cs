using System.Text.RegularExpressions;
using NodaTime;

namespace OpenGov.Functions.Cycles;

/// <summary>What a cycle's file must be.</summary>
internal static partial class CycleFaults
{
    private const int MostLanes = 64;
    private const int IdLength = 20;
    private const int MostDays = 365;

    /// <summary>Everything that is wrong with it; lines are not known here.</summary>
    public static IReadOnlyList<CycleFault> Of(Cycle? cycle)
    {
        if (cycle is null)
        {
            return [CycleFault.At("", "Nothing")];
        }
        var faults = Own(cycle).Concat(Of(cycle.Activities, "activities")).Concat(Of(cycle.Deadlines, "deadlines")).Concat(Of(cycle.Notices)).Concat(Of(cycle.Plan)).ToList();
        // What activities are to each other can be asked once each is whole.
        return faults.Count > 0 ? faults : [.. OfKeys(cycle)];
    }

    private static IEnumerable<CycleFault> Own(Cycle cycle) => new[]
    {
        cycle.Id is not { Length: > 0 and <= IdLength } || !KeyPattern().IsMatch(cycle.Id) ? CycleFault.At("id", "Id", IdLength) : null,
        InTwoLanguages(cycle.Name) ? null : CycleFault.At("name", "TwoLanguages"),
        cycle.TimeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(cycle.TimeZone) is not null ? null : CycleFault.At("timeZone", "Zone", cycle.TimeZone ?? ""),
        cycle.Lanes is >= 1 and <= MostLanes ? null : CycleFault.At("lanes", "Lanes", MostLanes),
        cycle.Activities is { Count: > 0 } ? null : CycleFault.At("activities", "Empty"),
        cycle.Deadlines is null ? CycleFault.At("deadlines", "IsNull") : null,
        cycle.Rebaselinings is null ? CycleFault.At("rebaselinings", "IsNull") : null,
        cycle.Holidays is null ? CycleFault.At("holidays", "IsNull") : null,
        cycle.Territories is { Count: > 0 } ? null : CycleFault.At("territories", "Empty"),
    }.OfType<CycleFault>().Concat(OfTerritories(cycle.Territories ?? []));

    private static IEnumerable<CycleFault> OfTerritories(IReadOnlyList<Territory> territories) =>
    [
        .. territories.Index().Where(one => one.Item is not { Code.Length: > 0, Name.Length: > 0 }).Select(one => CycleFault.At($"territories[{one.Index}]", "Territory")),
        .. Again(territories.Select(territory => territory?.Code)).Select(index => CycleFault.At($"territories[{index}].code", "Twice", territories[index].Code)),
    ];

    private static IEnumerable<CycleFault> Of(IReadOnlyList<Activity>? activities, string path) =>
        (activities ?? []).Index().SelectMany(one => Of(one.Item, $"{path}[{one.Index}]"));

    private static IEnumerable<CycleFault> Of(Activity? activity, string path) => activity is null ? [CycleFault.At(path, "IsNull")] : new[]
    {
        activity.Number < 1 ? CycleFault.At($"{path}.number", "Number") : null,
        activity.Key is null || !KeyPattern().IsMatch(activity.Key) ? CycleFault.At($"{path}.key", "Key") : null,
        InTwoLanguages(activity.Title) ? null : CycleFault.At($"{path}.title", "TwoLanguages"),
        InTwoLanguages(activity.Label) ? null : CycleFault.At($"{path}.label", "TwoLanguages"),
        string.IsNullOrWhiteSpace(activity.Responsible) ? CycleFault.At($"{path}.responsible", "Missing") : null,
        activity.Opens == default ? CycleFault.At($"{path}.opens", "Missing") : null,
        activity.Closes == default ? CycleFault.At($"{path}.closes", "Missing") : activity.Opens > activity.Closes ? CycleFault.At($"{path}.closes", "ClosesBeforeItOpens") : null,
        activity.Follows is null || activity.Follows.Contains(null!) ? CycleFault.At($"{path}.follows", "IsNull") : null,
        activity.Audiences is null || activity.Audiences.Contains(null!) ? CycleFault.At($"{path}.audiences", "IsNull") : null,
    }.OfType<CycleFault>();

    private static IEnumerable<CycleFault> OfKeys(Cycle cycle)
    {
        var all = cycle.Activities.Index().Select(one => (one.Item, Path: $"activities[{one.Index}]"))
            .Concat(cycle.Deadlines.Index().Select(one => (one.Item, Path: $"deadlines[{one.Index}]"))).ToList();
        var keys = all.Select(one => one.Item.Key).ToHashSet();
        return
        [
            .. Again(all.Select(one => one.Item.Key)).Select(index => CycleFault.At($"{all[index].Path}.key", "Twice", all[index].Item.Key)),
            .. Again(cycle.Activities.Select(activity => $"{activity.Number}")).Select(index => CycleFault.At($"activities[{index}].number", "Twice", cycle.Activities[index].Number)),
            .. all.Skip(cycle.Activities.Count).Where(one => cycle.Activities.All(activity => activity.Number != one.Item.Number)).Select(one => CycleFault.At($"{one.Path}.number", "NoActivity")),
            .. ActivityKeys.Required.Where(key => !keys.Contains(key)).Select(key => CycleFault.At("activities", "KeyLacks", key)),
            .. all.SelectMany(one => one.Item.Follows.Where(key => !keys.Contains(key) || key == one.Item.Key).Select(key => CycleFault.At($"{one.Path}.follows", "Follows", key))),
        ];
    }

    private static CycleFault[] Of(NoticePolicy? policy) => policy switch
    {
        null or { Opens: null } or { OpensLong: null } or { Closes: null } or { RequestWorkingDaysBefore: null } => [CycleFault.At("notices", "Notices")],
        { LateEvery: < 1 } => [CycleFault.At("notices.lateEvery", "LateEvery")],
        _ when policy.Opens.Concat(policy.OpensLong).Concat(policy.Closes).Concat(policy.RequestWorkingDaysBefore).Any(days => days is < 0 or > MostDays) => [CycleFault.At("notices", "Days", MostDays)],
        _ => [],
    };

    private static IEnumerable<CycleFault> Of(PlanDates? plan) => plan is null ? [] : new[]
    {
        plan.Due == default ? CycleFault.At("plan.due", "Missing") : null,
        plan.ContraryFrom < plan.Due ? CycleFault.At("plan.contraryFrom", "BeforeDue") : null,
        plan.ImplementationEnds < plan.Due ? CycleFault.At("plan.implementationEnds", "BeforeDue") : null,
        plan.AmendmentsUntil < plan.Due ? CycleFault.At("plan.amendmentsUntil", "BeforeDue") : null,
    }.OfType<CycleFault>();

    /// <summary>Indexes of what was there before.</summary>
    private static IEnumerable<int> Again(IEnumerable<string?> values)
    {
        var seen = new HashSet<string>();
        return [.. values.Index().Where(one => one.Item is not null && !seen.Add(one.Item)).Select(one => one.Index)];
    }

    private static bool InTwoLanguages(LocalizedText? text) => text is { Es.Length: > 0, En.Length: > 0 };

    [GeneratedRegex("^[a-z0-9-]+\\z")]
    private static partial Regex KeyPattern();
}
