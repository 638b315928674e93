using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;

namespace OpenGov.Functions.Subscriptions;

/// <summary>Citizens who subscribed read the openings and closings that are for everyone, and every change of the chronogram.</summary>
public sealed class SubscriberAudience(SubscriptionStore store, SubscriptionLinks links) : IActivityAudience, IAudience
{
    public string Name => "subscribers";

    public async Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, CancellationToken cancel) => await store.ListAsync(cycle, cancel)
        .Where(stored => stored.Record.ConfirmedAt is not null)
        .Select(stored => new Reader(stored.Record.Mailbox, stored.Record.Language, links.UnsubscribeAddress(stored.Record, Purposes.Notices)))
        .ToListAsync(cancel);

    public Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, Rebaselining change, CancellationToken cancel) => ReadersAsync(cycle, cancel);
}
