using System.Globalization;
using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Notices;

/// <summary>Names of the occasions of activities and requests.</summary>
public static class Occasions
{
    public const string Late = "late";
    public const string HalfWay = "half-way";
    public const string NoAnswer = "no-answer";

    /// <summary>Something went wrong on a day: it is for today until it was told.</summary>
    public const string Trouble = "trouble";
    public const string OpensPrefix = "opens-";
    public const string ClosesPrefix = "closes-";
    public const string DuePrefix = "due-";

    /// <summary>The n of "opens-n", "closes-n", "due-n"; null for the others.</summary>
    public static int? DaysBefore(string name) =>
        name.StartsWith(OpensPrefix, StringComparison.Ordinal) || name.StartsWith(ClosesPrefix, StringComparison.Ordinal) || name.StartsWith(DuePrefix, StringComparison.Ordinal)
            ? int.Parse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)
            : null;

    public static bool IsOverdue(string name) => name is Late or NoAnswer;
}

/// <summary>
/// When notices go out. Openings and what is late move forward to a working day, closings and reminders back to
/// one; notices of one subject that meet on a day are one.
/// </summary>
public static class NoticePlanner
{
    public const string ActivityKind = "activity";
    public const string RequestKind = "request";

    /// <summary>The hour of the cycle's zone at which notices go out.</summary>
    public static LocalTime SendTime { get; } = new(8, 0);

    private const int LongWindowDays = 7;

    /// <summary>An activity's notices with its first "late"; the later ones are planned one at a time.</summary>
    /// <param name="isDeadline">It has a due date, and nothing that opens.</param>
    public static IReadOnlyList<DueNotice> ForActivity(Activity activity, int version, NoticePolicy policy, WorkingDays workingDays, bool isDeadline = false)
    {
        var isLong = Period.DaysBetween(activity.Opens, activity.Closes) + 1 > LongWindowDays;
        var opens = (isLong ? policy.OpensLong.Concat(policy.Opens) : policy.Opens).Distinct().OrderDescending()
            .Select(days => (workingDays.OnOrAfter(activity.Opens.PlusDays(-days)), new Occasion($"{Occasions.OpensPrefix}{days}", activity.Opens)));
        var closes = policy.Closes.Distinct().OrderDescending()
            .Select(days => (workingDays.OnOrBefore(activity.Closes.PlusDays(-days)), new Occasion($"{Occasions.ClosesPrefix}{days}", activity.Closes)));
        var late = LateOn(workingDays, activity.Closes.PlusDays(1));
        return Merge(ActivityKind, activity.Key, $"{version}", (isDeadline ? closes : opens.Concat(closes)).Append(late));
    }

    /// <summary>The first "late" of an activity's weekly row that goes out after <paramref name="after"/>.</summary>
    public static DueNotice NextLate(Activity activity, int version, NoticePolicy policy, WorkingDays workingDays, LocalDate after)
    {
        var day = activity.Closes.PlusDays(1);
        while (workingDays.OnOrAfter(day) <= after)
        {
            day = day.PlusDays(policy.LateEvery);
        }
        return Merge(ActivityKind, activity.Key, $"{version}", [LateOn(workingDays, day)])[0];
    }

    /// <summary>What is still to come of a cycle's notices at <paramref name="now"/>; what is done is not announced.</summary>
    public static IReadOnlyList<DueNotice> ForCycle(Cycle cycle, Instant now)
    {
        var last = LastSendDay(cycle, now);
        return [.. cycle.Dated.Where(activity => activity.Done is null).SelectMany(activity => ToCome(cycle, activity, last)).OrderBy(notice => notice.SendOn)];
    }

    /// <summary>
    /// A request's reminders half-way (the middle of its calendar days), working days before its due date, and the
    /// "no answer" of the first working day after it. What would go on the day it was sent, or before, is left out.
    /// </summary>
    public static IReadOnlyList<DueNotice> ForRequest(
        string subject, string version, LocalDate sent, LocalDate due, NoticePolicy policy, WorkingDays workingDays)
    {
        var middle = sent.PlusDays(Math.Max(0, Period.DaysBetween(sent, due)) / 2);
        var reminders = policy.RequestWorkingDaysBefore.Distinct().OrderDescending()
            .Select(days => (workingDays.OnOrBefore(workingDays.Before(due, days)), new Occasion($"{Occasions.DuePrefix}{days}", due)))
            .Prepend((workingDays.OnOrBefore(middle), new Occasion(Occasions.HalfWay, due)))
            .Append((workingDays.OnOrAfter(due.PlusDays(1)), new Occasion(Occasions.NoAnswer, due)));
        return Merge(RequestKind, subject, version, reminders.Where(reminder => reminder.Item1 > sent));
    }

    /// <summary>The last day whose notices went out, or should have: today, from 08:00 on.</summary>
    public static LocalDate LastSendDay(Cycle cycle, Instant now)
    {
        var local = now.InZone(cycle.Zone);
        return local.TimeOfDay < SendTime ? local.Date.PlusDays(-1) : local.Date;
    }

    private static IEnumerable<DueNotice> ToCome(Cycle cycle, Activity activity, LocalDate last)
    {
        var planned = ForActivity(activity, cycle.Version, cycle.Notices, cycle.WorkingDays, cycle.Deadlines.Contains(activity)).Where(notice => notice.SendOn > last).ToList();
        return planned.Any(notice => notice.Occasions.Any(occasion => occasion.Name == Occasions.Late))
            ? planned
            : planned.Append(NextLate(activity, cycle.Version, cycle.Notices, cycle.WorkingDays, last));
    }

    // The occasion's date is the row's own day, so that each week's notice has an identity of its own.
    private static (LocalDate, Occasion) LateOn(WorkingDays workingDays, LocalDate day) =>
        (workingDays.OnOrAfter(day), new Occasion(Occasions.Late, day));

    private static IReadOnlyList<DueNotice> Merge(string kind, string subject, string version, IEnumerable<(LocalDate SendOn, Occasion Occasion)> planned) =>
        [.. planned.GroupBy(notice => notice.SendOn)
            .Select(day => new DueNotice(kind, subject, version, day.Key, [.. day.Select(notice => notice.Occasion)]))
            .OrderBy(notice => notice.SendOn)];
}
