using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Paper;

namespace OpenGov.Functions.Proposals;

public sealed class PaperWindowTests
{
    private static readonly Cycle Programme = CycleFile.Read("panama-2019-2021");

    [Theory]
    [InlineData("2019-03-10", "2019-03-10T18:00:00", PaperDecision.InTime)]
    [InlineData("2019-03-11", "2019-03-10T18:00:00", PaperDecision.SessionNotHeld)]
    [InlineData("2019-02-21", "2019-03-10T18:00:00", PaperDecision.SessionOutsideWindow)]
    [InlineData("2019-04-28", "2019-04-28T23:59:59", PaperDecision.InTime)]
    [InlineData("2019-04-28", "2019-04-29T00:00:00", PaperDecision.EnteredAfterClose)]
    [InlineData("2019-04-29", "2019-04-29T08:00:00", PaperDecision.SessionOutsideWindow)]
    [InlineData("2019-03-10", "2019-05-31T23:59:59", PaperDecision.EnteredAfterClose)]
    [InlineData("2019-03-10", "2019-06-01T00:00:00", PaperDecision.TooLate)]
    public void Paper_that_was_handed_in_within_the_window_may_be_typed_in_until_the_responses_are_due(string handedIn, string now, PaperDecision decision) =>
        Assert.Equal(decision, PaperWindow.Decide(
            Programme, LocalDatePattern.Iso.Parse(handedIn).Value, LocalDateTimePattern.GeneralIso.Parse(now).Value.InZoneStrictly(Programme.Zone).ToInstant()));

    [Fact]
    public void A_cycle_without_a_date_for_its_responses_gives_five_working_days() =>
        Assert.Equal(new LocalDate(2019, 5, 6), PaperWindow.LastDayToEnter(Programme with { Deadlines = [] }));
}
