using OpenGov.Functions.Proposals.Moderation;

namespace OpenGov.Functions.Proposals.Responses;

/// <summary>Every proposal of a cycle at one moment, and what holds for each by the proposal that stands for it.</summary>
public sealed class AllProposals(IReadOnlyList<Proposal> proposals)
{
    private readonly Dictionary<string, Proposal> byCode = proposals.ToDictionary(proposal => proposal.Code);

    /// <summary>Those that must be answered: all but what was withdrawn from view, whose authors were told why then.</summary>
    public IEnumerable<Proposal> ToAnswer => proposals.Where(proposal => proposal.Hidden is null);

    public IEnumerable<Proposal> Unanswered => ToAnswer.Where(proposal => proposal.Response is null);

    /// <summary>Those that staff have still to sort under a theme or to answer by itself.</summary>
    public IEnumerable<Proposal> Unsorted => Unanswered.Where(proposal => proposal.Merged is null && ThemeOf(proposal) is null);

    /// <summary>The theme of the proposal that stands for it.</summary>
    public string? ThemeOf(Proposal proposal) => MergeChain.End(proposal, byCode.GetValueOrDefault).Theme;

    public IEnumerable<Proposal> Of(string theme) => ToAnswer.Where(proposal => ThemeOf(proposal) == theme);

    /// <summary>It and what was merged into it, however far down.</summary>
    public IEnumerable<Proposal> With(string code) => ToAnswer.Where(proposal => MergeChain.End(proposal, byCode.GetValueOrDefault).Code == code);
}
