using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using Xunit;

namespace OpenGov.Functions.Notices;

public sealed class NoticePlannerTests
{
    private static readonly Cycle Panama = CycleFile.Read("panama-2019-2021") with { Version = 1 };

    /// <summary>Worked out by hand from the calendar of 2019: Easter on 21 April, 1 May and 1 July holidays.</summary>
    [Theory]
    [InlineData("methods-meeting", "01-04:closes-7 01-08:opens-3+closes-2 01-11:opens-0+closes-0 01-14:late")]
    [InlineData("call-for-proposals", "02-08:opens-14 02-19:opens-3 02-22:opens-0 04-18:closes-7 04-26:closes-2+closes-0 04-29:late")]
    [InlineData("theme-selection", "04-25:closes-7 04-29:opens-3 04-30:closes-2 05-02:opens-0+closes-0 05-03:late")]
    [InlineData("outreach", "04-17:opens-14 04-29:opens-3 05-02:opens-0 06-21:closes-7 06-28:closes-2+closes-0 07-02:late")]
    [InlineData("continued-commitments", "04-17:opens-14 04-29:opens-3 05-02:opens-0 06-21:closes-7 06-28:closes-2+closes-0 07-02:late")]
    [InlineData("tables-method", "05-20:opens-14 05-29:opens-3 06-03:opens-0 06-21:closes-7 06-28:closes-2+closes-0 07-02:late")]
    [InlineData("liaisons", "06-17:opens-14 06-28:opens-3 07-02:opens-0 07-24:closes-7 07-29:closes-2 07-31:closes-0 08-01:late")]
    [InlineData("high-level-meetings", "07-18:opens-14 07-29:opens-3 08-01:opens-0 08-23:closes-7 08-29:closes-2 08-30:closes-0 09-02:late")]
    [InlineData("co-creation-tables", "09-02:opens-14 09-13:opens-3 09-16:opens-0 09-20:closes-7 09-25:closes-2 09-27:closes-0 09-30:late")]
    [InlineData("validation", "09-17:opens-14 09-30:opens-3 10-01:opens-0 10-04:closes-7 10-09:closes-2 10-11:closes-0 10-14:late")]
    [InlineData("commitments-presented", "10-11:opens-3+closes-7 10-14:opens-0 10-16:closes-2 10-18:closes-0 10-21:late")]
    [InlineData("development-tables", "09-30:opens-14 10-11:opens-3 10-14:opens-0 10-18:closes-7 10-23:closes-2 10-25:closes-0 10-28:late")]
    [InlineData("plan-approval", "10-21:opens-14 11-01:opens-3 11-06:opens-0 11-08:closes-7 11-13:closes-2 11-15:closes-0 11-18:late")]
    [InlineData("delivery", "11-06:opens-14 11-15:opens-3 11-18:opens-0 11-22:closes-7 11-27:closes-2 11-29:closes-0 12-02:late")]
    [InlineData("launch", "11-18:opens-14 11-29:opens-3 12-02:opens-0 12-06:closes-7 12-11:closes-2 12-13:closes-0 12-16:late")]
    public void Each_activity_of_2019_is_announced_on_working_days(string key, string expected)
    {
        var planned = NoticePlanner.ForActivity(Panama.Activity(key), 1, Panama.Notices, Panama.WorkingDays);
        Assert.Equal(expected, string.Join(' ', planned.Select(Short)));
    }

    [Theory]
    [InlineData("2019-10-11", "2019-10-14")]
    [InlineData("2019-10-14", "2019-10-21")]
    [InlineData("2019-10-21", "2019-10-28")]
    [InlineData("2019-10-28", "2019-11-06")]
    [InlineData("2019-11-06", "2019-11-12")]
    public void What_is_late_is_told_every_week_until_it_is_done(string after, string expected) =>
        Assert.Equal(Day(expected), NoticePlanner.NextLate(Panama.Activity("validation"), 1, Panama.Notices, Panama.WorkingDays, Day(after)).SendOn);

    [Theory]
    [InlineData("2019-10-01", "2019-10-11", "10-04:half-way 10-08:due-3 10-11:due-0 10-14:no-answer")]
    [InlineData("2019-10-07", "2019-10-11", "10-08:due-3 10-09:half-way 10-11:due-0 10-14:no-answer")]
    [InlineData("2019-10-09", "2019-10-11", "10-10:half-way 10-11:due-0 10-14:no-answer")]
    [InlineData("2019-10-11", "2019-10-11", "10-14:no-answer")]
    [InlineData("2019-04-15", "2019-04-21", "04-16:due-3 04-18:half-way+due-0 04-22:no-answer")]
    [InlineData("2019-10-30", "2019-11-05", "11-01:half-way+due-0 11-06:no-answer")]
    public void A_request_is_remembered_between_its_sending_and_its_due_date(string sent, string due, string expected) =>
        Assert.Equal(expected, string.Join(' ', NoticePlanner.ForRequest("N-1", "1", Day(sent), Day(due), Panama.Notices, Panama.WorkingDays).Select(Short)));

    [Theory]
    [InlineData("2019-02-22T12:59:59", "2019-02-22")]
    [InlineData("2019-02-22T13:00:00", "2019-04-17")]
    [InlineData("2019-02-22T14:00:00", "2019-04-17")]
    public void What_precedes_the_load_is_never_sent(string utc, string firstOfTheCallsAndOthers)
    {
        var planned = NoticePlanner.ForCycle(Panama, Moment(utc)).Where(notice => notice.Occasions[0].Name != "late").ToList();
        Assert.Equal(Day(firstOfTheCallsAndOthers), planned[0].SendOn);
    }

    [Fact]
    public void What_was_late_before_the_load_is_told_in_the_next_of_its_weeks()
    {
        var late = NoticePlanner.ForCycle(Panama, Moment("2019-02-22T14:00:00")).Where(notice => notice.Subject == "methods-meeting").ToList();
        Assert.Equal(["02-25:late"], late.Select(Short));
    }

    [Fact]
    public void Nothing_is_planned_for_what_is_done() =>
        Assert.DoesNotContain(
            NoticePlanner.ForCycle(MarkActivityDone.With(Panama, "methods-meeting", Day("2019-01-11"))!, Moment("2018-12-01T12:00:00")),
            notice => notice.Subject == "methods-meeting");

    [Fact]
    public void No_two_notices_of_a_cycle_share_an_identity_and_keys_are_ascii()
    {
        var planned = NoticePlanner.ForCycle(Panama, Moment("2018-12-01T12:00:00"));
        Assert.Equal(planned.Count, planned.Select(notice => notice.Identity).Distinct().Count());
        Assert.All(planned, notice => Assert.Matches("^[A-Za-z0-9!@+-]+$", notice.Identity));
    }

    internal static string Short(DueNotice notice) =>
        $"{LocalDatePattern.CreateWithInvariantCulture("MM-dd").Format(notice.SendOn)}:{string.Join('+', notice.Occasions.Select(occasion => occasion.Name))}";

    internal static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    internal static Instant Moment(string utc) => InstantPattern.General.Parse(utc + "Z").Value;
}
