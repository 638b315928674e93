using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Responses;

namespace OpenGov.Functions.Themes;

public sealed class ThemeRulesTests
{
    private static readonly Cycle Cycle = CycleFile.Read("panama-2019-2021");
    private static readonly LocalDate Today = new(2019, 5, 2);
    private static readonly ThemeDecision Adopted = new(ThemeOutcome.Adopted, null, "Porque sí.", "Acta", Today);
    private static readonly Theme Open = new("T-01", "Datos abiertos", "") { Decision = Adopted };
    private static readonly Theme Sports = new("T-02", "Deporte", "");
    private static readonly Theme Refused = new("T-03", "Canchas", "") { Decision = Adopted with { Outcome = ThemeOutcome.NotAdopted } };
    private static readonly Theme[] All = [Open, Sports, Refused];

    [Fact]
    public void A_theme_joins_another_only_where_that_one_was_adopted()
    {
        var joins = Adopted with { Outcome = ThemeOutcome.Joined };

        Assert.Equal([], FaultsOf(Sports, joins with { Into = "T-01" }));
        Assert.Equal(["IntoNotAdopted"], FaultsOf(Sports, joins with { Into = "T-03" }));
        Assert.Equal(["IntoMissing"], FaultsOf(Sports, joins with { Into = "T-02" }));
        Assert.Equal(["IntoMissing"], FaultsOf(Sports, joins with { Into = "T-99" }));
    }

    [Fact]
    public void A_theme_that_others_joined_cannot_be_refused_under_them()
    {
        var joined = Sports with { Decision = Adopted with { Outcome = ThemeOutcome.Joined, Into = "T-01" } };

        Assert.Equal(["OthersJoined"], ThemeRules.FaultsOf(Open, Adopted with { Outcome = ThemeOutcome.NotAdopted }, [Open, joined], Today).Select(fault => fault.Text));
    }

    [Fact]
    public void A_decision_has_reasons_minutes_and_a_day_that_has_come() =>
        Assert.Equal(["ReasonsMissing", "MinutesMissing", "DecidedInFuture"], FaultsOf(Sports, Adopted with { Reasons = "", Minutes = "", DecidedOn = Today.PlusDays(1) }));

    [Theory]
    [InlineData("2019-04-28T23:59:59", "T-01", Outcomes.TakenUp, "CallOpen")]
    [InlineData("2019-04-29T00:00:00", "T-01", Outcomes.TakenUp, null)]
    [InlineData("2019-05-02T09:00:00", "T-01", Outcomes.NotTakenUp, null)]
    [InlineData("2019-05-02T09:00:00", "T-01", "", "OutcomeMissing")]
    [InlineData("2019-05-02T09:00:00", "T-02", Outcomes.NotTakenUp, "ThemeUndecided")]
    [InlineData("2019-05-02T09:00:00", "T-03", Outcomes.NotTakenUp, null)]
    [InlineData("2019-05-02T09:00:00", "T-03", Outcomes.PartlyTakenUp, "ThemeNotAdopted")]
    [InlineData("2019-05-02T09:00:00", null, Outcomes.NotTakenUp, null)]
    [InlineData("2019-05-02T09:00:00", null, Outcomes.TakenUp, "ThemeNotAdopted")]
    public void What_is_taken_up_stands_in_an_adopted_theme_and_nothing_is_answered_while_the_call_is_open(string at, string? theme, string outcome, string? fault)
    {
        var now = NodaTime.Text.LocalDateTimePattern.GeneralIso.Parse(at).Value.InZoneStrictly(Cycle.Zone).ToInstant();

        Assert.Equal(fault, ThemeRules.FaultsOfResponse(outcome, "Razones.", All.FirstOrDefault(one => one.Code == theme), Cycle, now).SingleOrDefault()?.Text);
    }

    private static IEnumerable<string> FaultsOf(Theme theme, ThemeDecision decision) => ThemeRules.FaultsOf(theme, decision, All, Today).Select(fault => fault.Text);
}
