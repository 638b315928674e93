using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using OpenGov.Functions.Notices;

namespace OpenGov.Functions.Cycles;

public sealed class RebaseliningTests
{
    private static readonly Cycle Cycle = CycleFile.Read("panama-2019-2021") with { Version = 1 };
    private static readonly LocalDate Today = new(2019, 3, 1);
    private static readonly Instant Now = Cycle.StartOf(Today).Plus(Duration.FromHours(9));

    [Theory]
    [InlineData("call-for-proposals", "2019-02-22", "2019-05-05", null)]
    [InlineData("call-for-proposals", "2019-02-25", "2019-04-28", "CallHasOpened")]
    [InlineData("call-for-proposals", "2019-02-22", "2019-02-27", "CallWouldHaveClosed")]
    [InlineData("delivery", "2020-12-01", "2020-11-30", "EndsBeforeItBegins")]
    [InlineData("delivery", "", "2020-11-30", "DateMissing")]
    [InlineData("delivery", "2019-11-18", "2019-11-29", "NothingMoved")]
    [InlineData("methods-meeting", "2019-03-11", "2019-03-11", "IsDone")]
    [InlineData("responses", "2019-05-03", "2019-06-14", null)]
    public void Dates_that_cannot_be_are_refused_at_their_field(string key, string opens, string closes, string? fault)
    {
        var cycle = MarkActivityDone.With(Cycle, "methods-meeting", Today)!;

        Assert.Equal(fault, RebaseliningRules.FaultsOf(cycle, [Dates(key, opens, closes)], "Porque sí.", Today) is [var first, ..] ? first.Text : null);
    }

    [Fact]
    public void A_change_needs_a_reason() =>
        Assert.Equal(["ReasonMissing"], RebaseliningRules.FaultsOf(Cycle, [Dates("launch", "2020-12-01", "2020-12-11")], "", Today).Select(fault => fault.Text));

    [Fact]
    public void What_would_begin_before_what_it_follows_is_pointed_out()
    {
        var moved = RebaseliningRules.Moved(Cycle, [Dates("validation", "2019-10-07", "2019-11-08")]);
        var warnings = RebaseliningRules.WarningsOf(RebaseliningRules.Apply(Cycle, moved, "r", "b", Now), moved, Today);

        Assert.Equal([("commitments-presented-opens", "Precedes"), ("development-tables-opens", "Precedes")], warnings.Select(warning => (warning.Field, warning.Text)));
    }

    [Fact]
    public void The_old_dates_stay_in_the_change_and_the_printed_label_stays_with_its_activity()
    {
        var moved = RebaseliningRules.Moved(Cycle, [Dates("launch", "2020-12-01", "2020-12-11")]);
        var changed = RebaseliningRules.Apply(Cycle, moved, "La pandemia.", "organiser-1", Now);

        Assert.Equal(2, changed.Version);
        Assert.Equal([new MovedDates("launch", new(2019, 12, 2), new(2019, 12, 13), new(2020, 12, 1), new(2020, 12, 11))], Assert.Single(changed.Rebaselinings).Moved);
        Assert.Equal(Cycle.Activity("launch").Label, changed.Activity("launch").Label);
        Assert.Equal(Cycle.Activity("delivery"), changed.Activity("delivery"));
    }

    [Property(MaxTest = 300)]
    public FsCheck.Property No_notice_of_the_old_dates_is_planned_and_none_for_what_has_passed() =>
        Prop.ForAll(
            Gen.Choose(0, Cycle.Dated.Count - 1).SelectMany(index => Gen.Choose(-60, 500).SelectMany(shift => Gen.Choose(0, 90).Select(length => (index, shift, length)))).ToArbitrary(),
            one =>
            {
                var activity = Cycle.Dated[one.index];
                var opens = activity.Opens.PlusDays(one.shift);
                var moved = new[] { new MovedDates(activity.Key, activity.Opens, activity.Closes, opens, opens.PlusDays(one.length)) };
                var changed = RebaseliningRules.Apply(Cycle, moved, "r", "b", Now);
                var planned = NoticePlanner.ForCycle(changed, Now);
                Assert.All(planned, notice => Assert.Equal("2", notice.Version));
                Assert.All(planned, notice => Assert.True(notice.SendOn > NoticePlanner.LastSendDay(changed, Now)));
                var dates = new[] { opens, opens.PlusDays(one.length) };
                Assert.All(
                    planned.Where(notice => notice.Subject == activity.Key).SelectMany(notice => notice.Occasions).Where(occasion => occasion.Name != Occasions.Late),
                    occasion => Assert.Contains(occasion.Date, dates));
                Assert.Equal(
                    NoticePlanner.ForCycle(Cycle, Now).Where(notice => notice.Subject != activity.Key).Select(notice => notice with { Version = "" }),
                    planned.Where(notice => notice.Subject != activity.Key).Select(notice => notice with { Version = "" }), NoticeComparer);
            });

    [Theory]
    [InlineData(2019, 9, 3, 4, "2019-09-16", "2019-09-27")]
    [InlineData(2019, 10, 1, 2, "2019-10-01", "2019-10-11")]
    [InlineData(2019, 10, 3, 3, "2019-10-14", "2019-10-18")]
    [InlineData(2019, 11, 1, 2, "2019-11-04", "2019-11-15")]
    [InlineData(2019, 12, 1, 2, "2019-12-02", "2019-12-13")]
    [InlineData(2020, 1, 5, 5, "2020-01-27", "2020-01-31")]
    [InlineData(2019, 10, 5, 5, "2019-10-28", "2019-10-31")]
    public void The_weeks_of_a_month_are_those_whose_Wednesday_falls_in_it(int year, int month, int from, int to, string opens, string closes) =>
        Assert.Equal((Day(opens)!.Value, Day(closes)!.Value), RebaseliningRules.WeeksOf(year, month, from, to));

    [Theory]
    [InlineData(2019, 11, 5, 5)]
    [InlineData(2019, 11, 2, 1)]
    public void A_month_has_no_more_weeks_than_it_has_Wednesdays(int year, int month, int from, int to) => Assert.Null(RebaseliningRules.WeeksOf(year, month, from, to));

    private static NewDates Dates(string key, string opens, string closes) => new(key, Day(opens), Day(closes));

    private static LocalDate? Day(string typed) => NodaTime.Text.LocalDatePattern.Iso.Parse(typed) is { Success: true, Value: var day } ? day : null;

    private static readonly IEqualityComparer<DueNotice> NoticeComparer = EqualityComparer<DueNotice>.Create((one, other) => one!.Identity == other!.Identity && one.SendOn == other.SendOn, notice => notice.Identity.GetHashCode(StringComparison.Ordinal));
}
