using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Proposals;

public sealed class CallWindowTests
{
    private static readonly Cycle Programme = CycleFile.Read("panama-2019-2021");

    [Theory]
    [InlineData("2019-02-21T23:59:59", CallDecision.NotOpenYet)]
    [InlineData("2019-02-22T00:00:00", CallDecision.Open)]
    [InlineData("2019-04-28T23:59:59", CallDecision.Open)]
    [InlineData("2019-04-29T00:00:00", CallDecision.Closed)]
    public void The_call_opens_and_closes_to_the_second(string received, CallDecision decision) =>
        Assert.Equal(decision, CallWindow.Decide(Programme, At(received)));

    [Theory]
    [InlineData("2019-04-28T23:59:59", "2019-04-29T00:14:59", CallDecision.OpenForFormsShownBefore)]
    [InlineData("2019-04-28T23:59:59", "2019-04-29T00:15:00", CallDecision.Closed)]
    [InlineData("2019-04-29T00:00:00", "2019-04-29T00:01:00", CallDecision.Closed)]
    public void A_form_shown_before_the_close_may_be_sent_for_fifteen_minutes(string shown, string received, CallDecision decision) =>
        Assert.Equal(decision, CallWindow.Decide(Programme, At(received), At(shown)));

    private static Instant At(string local) => LocalDateTimePattern.GeneralIso.Parse(local).Value.InZoneStrictly(Programme.Zone).ToInstant();
}
