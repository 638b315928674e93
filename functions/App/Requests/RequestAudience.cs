using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>Offices, and who prepares for them, while a nota of an activity that moved waits for them.</summary>
public sealed class RequestAudience(RequestStore store, RequestKinds kinds, TimeProvider clock) : IAudience
{
    public async Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, Rebaselining change, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        return
        [
            .. (await store.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request)
                .Where(request => kinds.Of(request).IsNota && RequestLife.IsAwaited(request.PhaseAt(now, cycle)) && change.Moved.Any(moved => moved.Key == kinds.Of(request).Activity))
                .SelectMany(request => new[] { request.Office.Mailbox, request.Delegation?.Mailbox }.OfType<string>())
                .Select(mailbox => new Reader(mailbox, Language.Spanish)),
        ];
    }
}
