using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Subscriptions;

/// <param name="Contact">Null where no invitations are wanted.</param>
public sealed record Wanted(bool Notices, ContactDetails? Contact)
{
    public Purposes Purposes => (Notices ? Purposes.Notices : Purposes.None) | (Contact is null ? Purposes.None : Purposes.Invitations);
}

/// <summary>Asks a mailbox whether it wants what was asked for, begins when it says so, and forgets it when it no longer does.</summary>
public sealed class ChangeSubscription(SubscriptionStore store, SubscriptionLinks links, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    /// <summary>Whether the mailbox is known shows nowhere but in the mail that it gets.</summary>
    /// <param name="at">When it was asked for: the same moment again is the same asking.</param>
    /// <returns>False where somebody else asked the mailbox at once, and was faster.</returns>
    public async Task<bool> AskAsync(string mailbox, Wanted wanted, string language, Instant at, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var id = SubscriptionStore.IdOf(mailbox);
        var stored = await store.FindAsync(cycle, id, cancel);
        var before = stored?.Record ?? Subscription.New(id, mailbox.Trim(), language);
        if (before.AskedAt.Contains(at) || before.AsksTooOften(at))
        {
            return true;
        }
        var asked = before.Ask(wanted.Notices, wanted.Contact, language, at);
        var change = new Change(Tables.Subscriptions, SubscriptionStore.PartitionOf(cycle))
            .Then(MailEffect.Send($"opt-in!{cycle.Id}!{id}!{at.ToUnixTimeMilliseconds()}", OptInMail.Name, asked.Mailbox, language, new OptInMail.Model(id, at) { For = wanted.Purposes }));
        return await ledger.CommitAsync(
            stored is null ? change.Add(SubscriptionStore.RowOf(id), asked) : change.Replace(SubscriptionStore.RowOf(id), asked, stored.ETag), cancel) == CommitResult.Committed;
    }

    /// <summary>What the link confirmed; none for a link that is forged, too old, or of a mailbox that was forgotten.</summary>
    public async Task<Purposes> ConfirmAsync(string? token, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (links.ReadOptIn(token) is not { } link || await store.FindAsync(cycle, link.Id, cancel) is not { } stored)
        {
            return Purposes.None;
        }
        var confirmed = stored.Record.Confirm(link.For, clock.GetCurrentInstant());
        if (confirmed != stored.Record)
        {
            await ledger.CommitAsync(
                new Change(Tables.Subscriptions, SubscriptionStore.PartitionOf(cycle))
                    .Replace(SubscriptionStore.RowOf(link.Id), confirmed, stored.ETag)
                    .Record(OfficialEvent.Of("subscription-confirmed", "subscription", new
                    {
                        confirmed.Language,
                        For = $"{confirmed.Confirmed & ~stored.Record.Confirmed}",
                        confirmed.ConsentText,
                        ContactConsentText = confirmed.Contact?.ConsentText,
                        confirmed.Contact?.Sector,
                        confirmed.Contact?.Territory,
                    })),
                cancel);
        }
        return ((await store.FindAsync(cycle, link.Id, cancel))?.Record.Confirmed ?? Purposes.None) & link.For;
    }

    /// <summary>Where nothing else was asked for, nothing of the mailbox is kept.</summary>
    /// <returns>What the link ended, now or before, and the subscription that is left, if any; null for a forged link.</returns>
    public async Task<(Purposes Ended, Subscription? Left)?> EndAsync(string? token, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (links.ReadUnsubscribe(token) is not { } link)
        {
            return null;
        }
        while (await store.FindAsync(cycle, link.Id, cancel) is { } stored)
        {
            if ((stored.Record.Asked & link.For) == Purposes.None)
            {
                return (link.For, stored.Record);
            }
            await EndAsync(cycle, stored, stored.Record.Without(link.For), cancel);
        }
        return (link.For, null);
    }

    /// <summary>What nobody confirmed in time is forgotten.</summary>
    public async Task ForgetUnconfirmedAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        foreach (var stored in await store.ListAsync(cycle, cancel).ToListAsync(cancel))
        {
            if (stored.Record.Kept(now) is var kept && kept != stored.Record)
            {
                await EndAsync(cycle, stored, kept, cancel);
            }
        }
    }

    private Task<CommitResult> EndAsync(Cycle cycle, Stored<Subscription> stored, Subscription? left, CancellationToken cancel)
    {
        var row = SubscriptionStore.RowOf(stored.Record.Id);
        var change = new Change(Tables.Subscriptions, SubscriptionStore.PartitionOf(cycle));
        var confirmed = stored.Record.Confirmed & ~(left?.Confirmed ?? Purposes.None);
        return ledger.CommitAsync(
            (left is null ? change.Delete(row, stored.ETag) : change.Replace(row, left, stored.ETag))
                .Record(OfficialEvent.Of("subscription-ended", "subscription", new { Confirmed = confirmed != Purposes.None, For = $"{stored.Record.Asked & ~(left?.Asked ?? Purposes.None)}" })),
            cancel);
    }
}
