using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Notices;

public sealed class NoticePlannerProperties
{
    private static readonly LocalDate Start = new(2019, 1, 1);

    [Property]
    public bool Openings_never_go_before_their_day_nor_closings_after_it(PositiveInt opensIn, NonNegativeInt lasts, int[] holidays)
    {
        var (activity, workingDays) = Case(opensIn, lasts, holidays);
        return Plan(activity, workingDays).All(notice => notice.Occasions.All(occasion => occasion.Name switch
        {
            ['o', ..] => notice.SendOn >= occasion.Date.PlusDays(-Occasions.DaysBefore(occasion.Name)!.Value),
            ['c', ..] => notice.SendOn <= occasion.Date.PlusDays(-Occasions.DaysBefore(occasion.Name)!.Value),
            _ => notice.SendOn > activity.Closes,
        }));
    }

    [Property]
    public bool A_subject_has_one_notice_a_day_and_all_go_on_working_days(PositiveInt opensIn, NonNegativeInt lasts, int[] holidays)
    {
        var (activity, workingDays) = Case(opensIn, lasts, holidays);
        var planned = Plan(activity, workingDays);
        return planned.DistinctBy(notice => notice.SendOn).Count() == planned.Count
            && planned.DistinctBy(notice => notice.Identity).Count() == planned.Count
            && planned.All(notice => workingDays.Includes(notice.SendOn));
    }

    [Property]
    public bool A_request_is_remembered_after_it_was_sent_and_by_its_due_date(PositiveInt sentIn, NonNegativeInt lasts, int[] holidays)
    {
        var (activity, workingDays) = Case(sentIn, lasts, holidays);
        var planned = NoticePlanner.ForRequest("N-1", "1", activity.Opens, activity.Closes, Policy, workingDays);
        return planned.All(notice => notice.SendOn > activity.Opens && workingDays.Includes(notice.SendOn)
                && notice.Occasions.All(occasion => occasion.Name == Occasions.NoAnswer ? notice.SendOn > activity.Closes : notice.SendOn <= activity.Closes))
            && planned.DistinctBy(notice => notice.SendOn).Count() == planned.Count
            && planned.Count(notice => notice.Occasions.Any(occasion => occasion.Name == Occasions.NoAnswer)) == 1;
    }

    private static NoticePolicy Policy { get; } = new([3, 0], [14], [7, 2, 0], 7, [3, 0]);

    private static IReadOnlyList<DueNotice> Plan(Activity activity, WorkingDays workingDays) =>
        NoticePlanner.ForActivity(activity, 1, Policy, workingDays);

    private static (Activity Activity, WorkingDays WorkingDays) Case(PositiveInt opensIn, NonNegativeInt lasts, int[] holidays)
    {
        var opens = Start.PlusDays(opensIn.Get % 700);
        var activity = new Activity(1, "a", new("a", "a"), new("a", "a"), "ANTAI", opens, opens.PlusDays(lasts.Get % 90));
        return (activity, new WorkingDays([.. holidays.Select(day => Start.PlusDays(Math.Abs(day % 800)))]));
    }
}
