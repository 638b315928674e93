using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals.Responses;

/// <summary>Changes many proposals in as few transactions as their partitions allow. Done again, it does only what is still to do.</summary>
public sealed class ChangeProposals(ProposalStore store, ProposalSnapshot snapshot, CurrentCycle cycles, Ledger ledger)
{
    // Each is a row, its event and its mail: far below the hundred of a transaction.
    private const int AtOnce = 25;
    private const int Tries = 6;

    /// <param name="step">The proposal afterwards, with one step more; null where there is nothing to do.</param>
    /// <param name="data">What the record keeps of the step.</param>
    /// <param name="follow">What must follow the step.</param>
    /// <returns>How many were changed.</returns>
    public async Task<int> RunAsync(
        IEnumerable<string> codes, Func<Proposal, Proposal?> step, Func<Proposal, object> data, Func<Proposal, IEnumerable<Effect>> follow, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var changed = 0;
        await Parallel.ForEachAsync(codes.Distinct().GroupBy(code => ProposalStore.PartitionOf(cycle, code)), cancel, async (lane, stop) =>
        {
            foreach (var some in lane.Chunk(AtOnce))
            {
                Interlocked.Add(ref changed, await ChangeAsync(cycle, lane.Key, some, step, data, follow, stop));
            }
        });
        return changed;
    }

    private async Task<int> ChangeAsync(
        Cycle cycle, string partition, string[] codes, Func<Proposal, Proposal?> step, Func<Proposal, object> data, Func<Proposal, IEnumerable<Effect>> follow, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var change = new Change(Tables.Proposals, partition);
            var changed = new List<Proposal>();
            foreach (var code in codes)
            {
                if (await store.FindStoredAsync(cycle, code, cancel) is { } stored && step(stored.Record) is { } after)
                {
                    var taken = after.Steps[^1];
                    change.Replace(ProposalStore.RowOf(code), after, stored.ETag)
                        .Record(OfficialEvent.Of($"proposal-{taken.What}", code, data(after), taken.Actor))
                        .Then(follow(after));
                    changed.Add(after);
                }
            }
            if (changed.Count == 0 || await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                changed.ForEach(snapshot.Include);
                return changed.Count;
            }
        }
        throw new InvalidOperationException($"{codes.Length} proposals were changed by others at every try.");
    }
}
