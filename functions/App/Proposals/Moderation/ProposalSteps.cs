using NodaTime;

namespace OpenGov.Functions.Proposals.Moderation;

public enum ModerationAction { Hide, Show, Merge, Unmerge }

/// <param name="Into">The code of the other proposal as typed, for a merging.</param>
/// <param name="AsRead">The version that the member of staff had before their eyes.</param>
public sealed record ModerationRequest(ModerationAction Action, string? Reason, string? Into, string AsRead);

/// <summary>What staff may do with a proposal. Nothing is deleted: each step is kept with its reason and who took it.</summary>
public static class ProposalSteps
{
    public const int ReasonLength = 1000;

    /// <summary>The proposal afterwards, or the name of the text that says why not.</summary>
    /// <param name="into">The proposal that will stand for both, for a merging.</param>
    public static (Proposal? After, string? Refusal) Take(Proposal proposal, ModerationAction action, string reason, string actor, Instant now, Proposal? into = null)
    {
        return action switch
        {
            ModerationAction.Hide => proposal.Hidden is null ? Done(proposal with { Hidden = new Hiding(reason, now) }, "hidden") : (null, "AlreadyHidden"),
            ModerationAction.Show => proposal.Hidden is not null ? Done(proposal with { Hidden = null }, "shown") : (null, "NotHidden"),
            ModerationAction.Unmerge => proposal.Merged is { } merged ? Done(proposal with { Merged = null }, "unmerged", merged.Into) : (null, "NotMerged"),
            _ when proposal.Merged is not null => (null, "AlreadyMerged"),
            _ when into is null => (null, "MergeUnknown"),
            _ when into.Code == proposal.Code => (null, "MergeItself"),
            _ when into.Hidden is not null => (null, "MergeHidden"),
            _ => Done(proposal with { Merged = new Merging(into.Code, reason, now) }, "merged", into.Code),
        };

        (Proposal?, string?) Done(Proposal after, string what, string? other = null) =>
            (after with { Steps = [.. proposal.Steps, new ProposalStep(what, reason, actor, now, other)] }, null);
    }
}

/// <summary>Which proposal stands for one that was merged, perhaps several times over.</summary>
public static class MergeChain
{
    /// <summary>
    /// The end of the chain. Two members of staff who merge two proposals into each other in one moment make a ring:
    /// then the first code of the ring stands.
    /// </summary>
    public static async Task<Proposal> EndAsync(Proposal from, Func<string, Task<Proposal?>> find)
    {
        var way = new List<Proposal> { from };
        while (way[^1].Merged is { } merged && await find(merged.Into) is { } next)
        {
            if (RingFrom(way, next) is { } standing)
            {
                return standing;
            }
            way.Add(next);
        }
        return way[^1];
    }

    /// <summary>The same among proposals that were read already.</summary>
    public static Proposal End(Proposal from, Func<string, Proposal?> find)
    {
        var way = new List<Proposal> { from };
        while (way[^1].Merged is { } merged && find(merged.Into) is { } next)
        {
            if (RingFrom(way, next) is { } standing)
            {
                return standing;
            }
            way.Add(next);
        }
        return way[^1];
    }

    /// <summary>What stands for a ring that <paramref name="next"/> closes; null where it closes none.</summary>
    private static Proposal? RingFrom(List<Proposal> way, Proposal next) =>
        way.FindIndex(proposal => proposal.Code == next.Code) is >= 0 and var known ? way.Skip(known).MinBy(proposal => proposal.Code, StringComparer.Ordinal)! : null;
}
