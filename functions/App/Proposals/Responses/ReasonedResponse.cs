using NodaTime;

namespace OpenGov.Functions.Proposals.Responses;

/// <summary>What became of a proposal, and why: public, and told to its author.</summary>
/// <param name="Outcome">One of <see cref="Outcomes.All"/>.</param>
/// <param name="Theme">The code of the theme that it was considered under; null where it was under none.</param>
/// <param name="ThemeName">As it was called then.</param>
/// <param name="Group">Which sending of its theme's common response it came with; null where it was written for the proposal alone.</param>
public sealed record ReasonedResponse(string Outcome, string Reasons, string? Theme, string? ThemeName, Instant At, string By, int? Group = null)
{
    public const int ReasonsLength = 4000;

    /// <summary>The proposal so answered. An answer that is given again replaces the one before, which stays among its steps.</summary>
    public Proposal To(Proposal proposal) => proposal with
    {
        Response = this,
        Steps = [.. proposal.Steps, new ProposalStep("answered", Reasons, By, At, Theme)],
    };
}

public static class Outcomes
{
    public const string TakenUp = "taken-up";
    public const string PartlyTakenUp = "partly-taken-up";
    public const string NotTakenUp = "not-taken-up";

    public static IReadOnlyList<string> All { get; } = [TakenUp, PartlyTakenUp, NotTakenUp];
}
