using System.Collections.Concurrent;

namespace OpenGov.Functions.Proposals.Similar;

/// <param name="Score">0 to 1.</param>
public sealed record SimilarProposal(Proposal Proposal, double Score);

/// <param name="One">The earlier.</param>
public sealed record LikelyPair(Proposal One, Proposal Other, double Score);

/// <summary>Finds what was proposed already. Texts never change: each is taken into the index once.</summary>
public sealed class SimilarProposals(ProposalSnapshot snapshot)
{
    private readonly SimilarityIndex index = new();
    private readonly ConcurrentDictionary<string, bool> indexed = new();

    /// <summary>Public ones alone: for the author, before sending.</summary>
    public async Task<IReadOnlyList<SimilarProposal>> FindPublicAsync(string title, string text, int most, CancellationToken cancel)
    {
        var known = await KnownAsync(cancel);
        return Find(known, title, text, most, SimilarityIndex.Alike, code => known[code] is { Hidden: null, Merged: null });
    }

    /// <summary>For staff: hidden ones too, not those merged into <paramref name="proposal"/> or that it was merged into.</summary>
    public async Task<IReadOnlyList<SimilarProposal>> FindAsync(Proposal proposal, int most, CancellationToken cancel)
    {
        var known = await KnownAsync(cancel);
        return Find(known, proposal.Content.Title, proposal.Content.Problem, most, SimilarityIndex.Alike, code =>
            code != proposal.Code && proposal.Merged?.Into != code && known[code].Merged is null);
    }

    /// <summary>What was received that is most likely the same text; for rows of a paper session.</summary>
    public async Task<Func<string, string, SimilarProposal?>> DuplicateFinderAsync(CancellationToken cancel)
    {
        var known = await KnownAsync(cancel);
        return (title, text) => Find(known, title, text, 1, SimilarityIndex.Duplicate, _ => true).FirstOrDefault();
    }

    /// <summary>Pairs that staff may want to merge, the likeliest first.</summary>
    public async Task<IReadOnlyList<LikelyPair>> PairsAsync(int most, CancellationToken cancel)
    {
        var known = await KnownAsync(cancel);
        var pairs = new List<LikelyPair>();
        foreach (var proposal in known.Values.Where(proposal => proposal is { Hidden: null, Merged: null }).OrderBy(proposal => proposal.ReceivedAt).ThenBy(proposal => proposal.Code, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            pairs.AddRange(
                Find(known, proposal.Content.Title, proposal.Content.Problem, 3, SimilarityIndex.Duplicate, code => known[code] is { Hidden: null, Merged: null } && IsBefore(known[code], proposal))
                    .Select(similar => new LikelyPair(similar.Proposal, proposal, similar.Score)));
        }
        return [.. pairs.OrderByDescending(pair => pair.Score).Take(most)];
    }

    private static bool IsBefore(Proposal one, Proposal other) =>
        one.ReceivedAt < other.ReceivedAt || (one.ReceivedAt == other.ReceivedAt && string.CompareOrdinal(one.Code, other.Code) < 0);

    private List<SimilarProposal> Find(Dictionary<string, Proposal> known, string title, string text, int most, double least, Func<string, bool> admits) =>
        [.. index.Find(title, text, most, least, code => known.ContainsKey(code) && admits(code)).Select(similar => new SimilarProposal(known[similar.Id], similar.Score))];

    private async Task<Dictionary<string, Proposal>> KnownAsync(CancellationToken cancel)
    {
        var known = (await snapshot.FindAllAsync(new ProposalFilter(), cancel)).ToDictionary(proposal => proposal.Code);
        foreach (var proposal in known.Values)
        {
            if (indexed.TryAdd(proposal.Code, true))
            {
                index.Add(proposal.Code, proposal.Content.Title, proposal.Content.Problem);
            }
        }
        return known;
    }
}
