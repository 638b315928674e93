using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Themes;

/// <summary>What a theme must be, and what may be decided of it and told.</summary>
public static class ThemeRules
{
    public static IReadOnlyList<Fault> FaultsOf(string name, string summary, string code, IEnumerable<Theme> all) =>
    [
        .. name.Length == 0 ? [new Fault("name", "NameMissing")] : Long("name", name, Theme.NameLength),
        .. all.Any(other => other.Code != code && string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)) ? [new Fault("name", "NameTaken")] : NoFaults,
        .. Long("summary", summary, Theme.SummaryLength),
    ];

    /// <summary>A theme joins one that was adopted itself, and none that joined another.</summary>
    public static IReadOnlyList<Fault> FaultsOf(Theme theme, ThemeDecision decision, IReadOnlyList<Theme> all, LocalDate today)
    {
        var into = all.FirstOrDefault(other => other.Code == decision.Into);
        return
        [
            .. decision.Reasons.Length == 0 ? [new Fault("reasons", "ReasonsMissing")] : Long("reasons", decision.Reasons, ThemeDecision.ReasonsLength),
            .. decision.Minutes.Length == 0 ? [new Fault("minutes", "MinutesMissing")] : Long("minutes", decision.Minutes, ThemeDecision.MinutesLength),
            .. decision.DecidedOn > today ? [new Fault("decidedOn", "DecidedInFuture")] : NoFaults,
            .. decision.Outcome != ThemeOutcome.Joined ? NoFaults
                : into is null || into.Code == theme.Code ? [new Fault("into", "IntoMissing")]
                : into.Decision?.Outcome != ThemeOutcome.Adopted ? [new Fault("into", "IntoNotAdopted")]
                : NoFaults,
            .. decision.Outcome != ThemeOutcome.Adopted && all.Any(other => other.Decision?.Into == theme.Code) ? [new Fault("outcome", "OthersJoined")] : NoFaults,
        ];
    }

    /// <summary>A response follows the close of the call; what is taken up goes into a theme that the forum adopted.</summary>
    /// <param name="theme">The theme under which the proposal was considered; null where it was under none.</param>
    public static IReadOnlyList<Fault> FaultsOfResponse(string outcome, string reasons, Theme? theme, Cycle cycle, Instant now) =>
    [
        .. now < cycle.EndOf(cycle.Call.Closes) ? [new Fault("outcome", "CallOpen")]
            : !Outcomes.All.Contains(outcome) ? [new Fault("outcome", "OutcomeMissing")]
            : theme is { Decision: null } ? [new Fault("outcome", "ThemeUndecided")]
            : outcome != Outcomes.NotTakenUp && theme?.Decision is not { Outcome: ThemeOutcome.Adopted or ThemeOutcome.Joined } ? [new Fault("outcome", "ThemeNotAdopted")]
            : NoFaults,
        .. reasons.Length == 0 ? [new Fault("reasons", "ReasonsMissing")] : Long("reasons", reasons, ReasonedResponse.ReasonsLength),
    ];

    /// <summary>The theme in which its matter goes on: itself, or the one that it joined.</summary>
    public static Theme Standing(Theme theme, IEnumerable<Theme> all) =>
        theme.Decision?.Into is { } into ? all.FirstOrDefault(other => other.Code == into) ?? theme : theme;

    private static Fault[] NoFaults => [];

    private static Fault[] Long(string field, string text, int most) =>
        text.EnumerateRunes().Count() > most ? [new Fault(field, "TooLong", most)] : NoFaults;
}
