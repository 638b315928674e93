using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>Staff end a round: what was not answered by then is not accepted any more. Silence never approves.</summary>
public sealed class CloseRound(RequestStore store, RecentRequests recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;

    /// <param name="by">The member of staff, for the record.</param>
    /// <returns>How many requests it closed (those closed before are not counted), or null where an office still has time to answer.</returns>
    public async Task<int?> CloseAsync(string kind, int round, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var open = (await store.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request)
            .Where(request => request.Kind == kind && request.Round == round && request.PhaseAt(now, cycle) is not (RequestPhase.Closed or RequestPhase.Annulled)).ToList();
        if (open.Any(request => !RequestLife.CanBeClosed(request, cycle, now)))
        {
            return null;
        }
        var closed = 0;
        foreach (var request in open)
        {
            closed += await CloseOneAsync(request.Id, cycle, by, cancel) ? 1 : 0;
        }
        recent.Forget();
        return closed;
    }

    private async Task<bool> CloseOneAsync(string id, Cycle cycle, string by, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var stored = (await store.FindAsync(cycle.Id, id, cancel))!;
            var request = stored.Record;
            var now = clock.GetCurrentInstant();
            // It may have got more time, or another holder, since the round was looked at.
            if (!RequestLife.CanBeClosed(request, cycle, now))
            {
                return false;
            }
            var change = new Change(Tables.Requests, RequestStore.PartitionOf(cycle.Id, id))
                .Replace(RequestStore.RowOf(id), RequestLife.Close(request, now), stored.ETag)
                .Record(OfficialEvent.Of("request-closed", request.Number, new { request.Round, State = request.StateAt(now, cycle) }, by));
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                return true;
            }
        }
        throw new InvalidOperationException("A request changed too often while its round was closed.");
    }
}
