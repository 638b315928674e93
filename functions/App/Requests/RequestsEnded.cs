using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>No nota waits for its answer when a cycle ends: it is answered, closed or annulled.</summary>
public sealed class RequestsEnded(RequestStore store, TimeProvider clock) : ICycleEnd
{
    public async Task<IReadOnlyList<Fault>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var open = (await store.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request)
            .Count(request => request.Standing is null && request.PhaseAt(now, cycle) is not (RequestPhase.Annulled or RequestPhase.Closed));
        return open == 0 ? [] : [new Fault("file", "NotasOpen", open)];
    }
}
