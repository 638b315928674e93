using System.Text.Json;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Proposals.Paper;

/// <param name="Proposal">Its code is given when it is written.</param>
public sealed record NewProposal(string Key, Proposal Proposal);

/// <summary>
/// Writes many proposals, each with its event and its receipt. Their codes come from their keys, so that a repetition,
/// or the rest of one that was cut off, does no more than is missing.
/// </summary>
public sealed class WriteProposals(ProposalStore store, ProposalSnapshot snapshot, ProposalKeys keys, Ledger ledger, Measures measures)
{
    private const int MostConflicts = 5;
    // A proposal may bring an event and a receipt: three rows of the hundred of a transaction.
    private const int MostInTransaction = 30;
    private const int MostCharacters = 300_000;

    /// <returns>What stands for each, in the same order: what was written before has its first content.</returns>
    public async Task<IReadOnlyList<Proposal>> WriteAsync(Cycle cycle, IReadOnlyList<NewProposal> wanted, string actor, CancellationToken cancel)
    {
        for (var (vain, least) = (0, int.MaxValue); vain < MostConflicts;)
        {
            var there = (await store.ListAsync(cycle, cancel)).ToDictionary(proposal => proposal.Code);
            var standing = wanted.Select(one => Place(one, there)).ToList();
            var missing = standing.Where(place => place.IsNew).Select(place => place.Proposal).ToList();
            if (await CommitAsync(cycle, missing, actor))
            {
                return [.. standing.Select(place => place.Proposal)];
            }
            (vain, least) = missing.Count < least ? (0, missing.Count) : (vain + 1, least);
        }
        throw new InvalidOperationException("Proposals were written by others again and again.");
    }

    private (Proposal Proposal, bool IsNew) Place(NewProposal wanted, Dictionary<string, Proposal> there)
    {
        for (var attempt = 0; attempt < ProposalKeys.MostCollisions; attempt++)
        {
            var code = keys.CodeFor(wanted.Key, attempt);
            if (!there.TryGetValue(code, out var known))
            {
                return (there[code] = wanted.Proposal with { Code = code }, true);
            }
            if (ProposalKeys.IsSameKey(known.Fingerprint, wanted.Proposal.Fingerprint))
            {
                return (known, false);
            }
        }
        throw new InvalidOperationException("No free code was found for a proposal.");
    }

    /// <summary>Not to be cancelled: who closes the page must not leave half a session registered.</summary>
    private async Task<bool> CommitAsync(Cycle cycle, IReadOnlyList<Proposal> missing, string actor)
    {
        var lanes = missing.GroupBy(proposal => ProposalStore.PartitionOf(cycle, proposal.Code));
        var results = await Task.WhenAll(lanes.Select(async lane =>
        {
            foreach (var some in Together([.. lane]))
            {
                var change = new Change(Tables.Proposals, lane.Key);
                some.ForEach(proposal => change.Receive(proposal, actor));
                if (await ledger.CommitAsync(change, CancellationToken.None) == CommitResult.Conflict)
                {
                    return false;
                }
                foreach (var proposal in some)
                {
                    snapshot.Include(proposal);
                    measures.ProposalAccepted(proposal.Content.Channel);
                }
            }
            return true;
        }));
        return results.All(done => done);
    }

    private static IEnumerable<List<Proposal>> Together(IReadOnlyList<Proposal> proposals)
    {
        var some = new List<Proposal>();
        var characters = 0;
        foreach (var proposal in proposals)
        {
            var length = JsonSerializer.Serialize(proposal, Json.Options).Length;
            if (some.Count > 0 && (some.Count == MostInTransaction || characters + length > MostCharacters))
            {
                yield return some;
                (some, characters) = ([], 0);
            }
            some.Add(proposal);
            characters += length;
        }
        if (some.Count > 0)
        {
            yield return some;
        }
    }
}
