using NodaTime;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Cycles;

/// <summary>A change of the chronogram: which dates moved, and why. The old dates stay in it.</summary>
/// <param name="Version">Of the cycle, from this change on.</param>
/// <param name="Reason">Public.</param>
public sealed record Rebaselining(int Version, Instant At, string By, string Reason, IReadOnlyList<MovedDates> Moved);

public sealed record MovedDates(string Key, LocalDate OpensBefore, LocalDate ClosesBefore, LocalDate Opens, LocalDate Closes);

/// <param name="Key">Of the activity or of the deadline.</param>
public sealed record NewDates(string Key, LocalDate? Opens, LocalDate? Closes);

/// <summary>Which dates may be changed to what.</summary>
public static class RebaseliningRules
{
    public const int ReasonLength = 2000;

    public static IReadOnlyList<MovedDates> Moved(Cycle cycle, IEnumerable<NewDates> wanted) =>
    [
        .. from dates in wanted
           join activity in cycle.Dated on dates.Key equals activity.Key
           where dates is { Opens: not null, Closes: not null } && (dates.Opens, dates.Closes) != (activity.Opens, activity.Closes)
           select new MovedDates(activity.Key, activity.Opens, activity.Closes, dates.Opens!.Value, dates.Closes!.Value),
    ];

    /// <summary>What makes the change impossible.</summary>
    public static IReadOnlyList<Fault> FaultsOf(Cycle cycle, IReadOnlyList<NewDates> wanted, string reason, LocalDate today) =>
    [
        .. wanted.Where(dates => dates.Opens is null || dates.Closes is null).Select(dates => new Fault($"{dates.Key}-{(dates.Opens is null ? "opens" : "closes")}", "DateMissing")),
        .. wanted.Where(dates => dates.Opens > dates.Closes).Select(dates => new Fault($"{dates.Key}-closes", "EndsBeforeItBegins")),
        .. from moved in Moved(cycle, wanted)
           let activity = cycle.Activity(moved.Key)
           let fault = activity.Done is not null ? new Fault($"{moved.Key}-opens", "IsDone")
               : moved.Key == ActivityKeys.Call && moved.Opens != moved.OpensBefore && moved.OpensBefore <= today ? new Fault($"{moved.Key}-opens", "CallHasOpened")
               : moved.Key == ActivityKeys.Call && moved.Closes < moved.ClosesBefore && moved.Closes < today ? new Fault($"{moved.Key}-closes", "CallWouldHaveClosed")
               : null
           where fault is not null
           select fault,
        .. Moved(cycle, wanted).Count == 0 ? [new Fault("reason", "NothingMoved")] : Array.Empty<Fault>(),
        .. reason.Length == 0 ? [new Fault("reason", "ReasonMissing")]
            : reason.EnumerateRunes().Count() > ReasonLength ? [new Fault("reason", "TooLong", ReasonLength)] : Array.Empty<Fault>(),
    ];

    /// <summary>What the staff should think about before they do it.</summary>
    public static IReadOnlyList<Fault> WarningsOf(Cycle changed, IReadOnlyList<MovedDates> moved, LocalDate today) =>
    [
        .. from activity in changed.Dated
           from before in activity.Follows.Select(changed.Activity)
           where activity.Opens <= before.Closes && moved.Any(one => one.Key == activity.Key || one.Key == before.Key)
           select new Fault($"{activity.Key}-opens", "Precedes", activity.Number, activity.Title, before.Number, before.Title),
        .. from one in moved
           where one.Closes < today
           let activity = changed.Activity(one.Key)
           select new Fault($"{one.Key}-closes", "HasPassed", activity.Number, activity.Title),
    ];

    /// <summary>The same of a cycle that is to begin.</summary>
    public static IReadOnlyList<Fault> WarningsOf(Cycle next, LocalDate today) =>
        WarningsOf(next, [.. next.Dated.Select(activity => new MovedDates(activity.Key, activity.Opens, activity.Closes, activity.Opens, activity.Closes))], today);

    /// <summary>The cycle with its new dates. A label is the source's own and stays.</summary>
    public static Cycle Apply(Cycle cycle, IReadOnlyList<MovedDates> moved, string reason, string by, Instant now)
    {
        return cycle with
        {
            Version = cycle.Version + 1,
            Activities = With(cycle.Activities),
            Deadlines = With(cycle.Deadlines),
            Rebaselinings = [.. cycle.Rebaselinings, new Rebaselining(cycle.Version + 1, now, by, reason, moved)],
        };

        IReadOnlyList<Activity> With(IEnumerable<Activity> dated) =>
            [.. dated.Select(activity => moved.FirstOrDefault(one => one.Key == activity.Key) is { } one ? activity with { Opens = one.Opens, Closes = one.Closes } : activity)];
    }

    /// <summary>The nth Monday–Friday weeks of a month whose Wednesday falls in it, from one to another, clipped to the month; null where it has no such week.</summary>
    public static (LocalDate Opens, LocalDate Closes)? WeeksOf(int year, int month, int from, int to)
    {
        var first = new LocalDate(year, month, 1);
        var firstWednesday = first.DayOfWeek == IsoDayOfWeek.Wednesday ? first : first.Next(IsoDayOfWeek.Wednesday);
        var (monday, friday) = (firstWednesday.PlusWeeks(from - 1).PlusDays(-2), firstWednesday.PlusWeeks(to - 1).PlusDays(2));
        var last = first.With(DateAdjusters.EndOfMonth);
        return from >= 1 && from <= to && firstWednesday.PlusWeeks(to - 1) <= last ? (LocalDate.Max(monday, first), LocalDate.Min(friday, last)) : null;
    }
}
