using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

/// <summary>Asks a mailbox whether it wants the notices, starts them when it says so, and forgets it when it no longer does.</summary>
public sealed class ChangeSubscription(SubscriptionStore store, SubscriptionLinks links, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    public static bool IsMailbox(string? typed) => RowRules.IsMailbox(typed?.Trim() ?? "");

    /// <summary>Whether the mailbox is known shows nowhere but in the mail that it gets.</summary>
    public async Task AskAsync(string mailbox, string language, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var id = SubscriptionStore.IdOf(mailbox);
        var stored = await store.FindAsync(cycle, id, cancel);
        var before = stored?.Record ?? new Subscription(id, mailbox.Trim(), language, [], null, Subscription.CurrentConsentText);
        if (before.AsksTooOften(now))
        {
            return;
        }
        var asked = before.Ask(language, now);
        var change = new Change(Tables.Subscriptions, SubscriptionStore.PartitionOf(cycle))
            .Then(MailEffect.Send($"opt-in!{cycle.Id}!{id}!{now.ToUnixTimeMilliseconds()}", OptInMail.Name, asked.Mailbox, language, new OptInMail.Model(id, now)));
        // Two who ask at once are one: the other's mail is on its way.
        await ledger.CommitAsync(
            stored is null ? change.Add(SubscriptionStore.RowOf(id), asked) : change.Replace(SubscriptionStore.RowOf(id), asked, stored.ETag), cancel);
    }

    /// <summary>False for a link that is forged, too old, or of a mailbox that was forgotten.</summary>
    public async Task<bool> ConfirmAsync(string? token, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (links.ReadOptIn(token) is not { } id || await store.FindAsync(cycle, id, cancel) is not { } stored)
        {
            return false;
        }
        if (stored.Record.ConfirmedAt is null)
        {
            await ledger.CommitAsync(
                new Change(Tables.Subscriptions, SubscriptionStore.PartitionOf(cycle))
                    .Replace(SubscriptionStore.RowOf(id), stored.Record with { ConfirmedAt = clock.GetCurrentInstant() }, stored.ETag)
                    .Record(OfficialEvent.Of("subscription-confirmed", "subscription", new { stored.Record.Language, stored.Record.ConsentText })),
                cancel);
        }
        return (await store.FindAsync(cycle, id, cancel))?.Record.ConfirmedAt is not null;
    }

    /// <summary>Nothing of the mailbox is kept. False for a forged link; true also where it was forgotten before.</summary>
    public async Task<bool> EndAsync(string? token, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (links.ReadUnsubscribe(token) is not { } id)
        {
            return false;
        }
        while (await store.FindAsync(cycle, id, cancel) is { } stored)
        {
            await ForgetAsync(cycle, stored, cancel);
        }
        return true;
    }

    /// <summary>What nobody confirmed in time is forgotten.</summary>
    public async Task ForgetUnconfirmedAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        foreach (var stored in await store.ListAsync(cycle, cancel).Where(stored => stored.Record.IsForgotten(now)).ToListAsync(cancel))
        {
            await ForgetAsync(cycle, stored, cancel);
        }
    }

    private Task<CommitResult> ForgetAsync(Cycle cycle, Stored<Subscription> stored, CancellationToken cancel) => ledger.CommitAsync(
        new Change(Tables.Subscriptions, SubscriptionStore.PartitionOf(cycle))
            .Delete(SubscriptionStore.RowOf(stored.Record.Id), stored.ETag)
            .Record(OfficialEvent.Of("subscription-ended", "subscription", new { Confirmed = stored.Record.ConfirmedAt is not null })),
        cancel);
}
