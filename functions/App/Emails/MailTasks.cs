using NodaTime.Extensions;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Record;

namespace OpenGov.Functions.Emails;

/// <summary>What became of an act of staff on a mail.</summary>
public abstract record MailActing
{
    public sealed record Done(Mail Mail) : MailActing;

    public sealed record NotFound : MailActing;

    public sealed record AddressMalformed : MailActing;

    /// <summary>None was typed, or too long a one.</summary>
    public sealed record ReasonMalformed : MailActing;

    /// <summary>Another was faster, or the mail is on its way: how it stands now.</summary>
    public sealed record Overtaken(Mail Mail) : MailActing;

    /// <summary>What the mail said is true no more (a code that was replaced, a link that expired): it is not sent.</summary>
    public sealed record HoldsNoMore(Mail Mail) : MailActing;
}

/// <summary>What staff do about mails in trouble: send again, to a corrected address perhaps, or settle with a reason.</summary>
public sealed class MailTasks(MailStore mails, MailDrawing drawing, TimeProvider clock)
{
    public const int ReasonLength = 500;

    public Task<IReadOnlyList<Mail>> ListAsync(CancellationToken cancel) => mails.FlaggedAsync(cancel);

    public Task<int> CountAsync(CancellationToken cancel) => mails.CountFlaggedAsync(cancel);

    /// <summary>Sends any mail again, however it stands: a mailbox was corrected.</summary>
    /// <param name="newAddress">Null: the address that it had.</param>
    public Task<MailActing> ResendAsync(string identity, string? newAddress, string actor, CancellationToken cancel) =>
        ResendAsync(MailStore.KeyOf(identity), newAddress, _ => true, actor, cancel);

    /// <summary>Sends a mail that is a task again: of two members of staff at once, one does.</summary>
    /// <param name="seen">The round that they saw when they decided, where they tell.</param>
    public Task<MailActing> ResendTaskAsync(string key, string? newAddress, int? seen, string actor, CancellationToken cancel) =>
        ResendAsync(key, newAddress, mail => IsAsSeen(mail, seen), actor, cancel);

    private async Task<MailActing> ResendAsync(string key, string? newAddress, Func<Mail, bool> mayGo, string actor, CancellationToken cancel)
    {
        var address = newAddress?.Trim();
        if (address is not null && !RowRules.IsMailbox(address))
        {
            return new MailActing.AddressMalformed();
        }
        if (await mails.FindByKeyAsync(key, cancel) is not { Record.Effect: { } effect } stored)
        {
            return new MailActing.NotFound();
        }
        if (!mayGo(stored.Record))
        {
            return new MailActing.Overtaken(stored.Record);
        }
        if (await drawing.DrawAsync(effect, key, cancel) is null)
        {
            return new MailActing.HoldsNoMore(stored.Record);
        }
        var by = $"{Guid.NewGuid():N}";
        var after = await mails.ChangeAsync(
            key, stored,
            mail => mail.Claim != by && mail.Round == stored.Record.Round && mayGo(mail)
                ? MailTransitions.Reopen(mail, address ?? mail.Effect!.To, by, TimeProvider.System.GetUtcNow(), clock.GetCurrentInstant())
                : null,
            cancel,
            changed => OfficialEvent.Of("mail-resent", key, new { changed.Effect!.Template, changed.Round, Corrected = changed.Effect.To != effect.To }, actor));
        return after!.Record.Claim == by
            ? new MailActing.Done(after.Record)
            : new MailActing.Overtaken(after.Record);
    }

    public async Task<MailActing> SettleAsync(string key, string? reason, int? seen, string actor, CancellationToken cancel)
    {
        if (reason?.Trim() is not { Length: > 0 and <= ReasonLength } typed)
        {
            return new MailActing.ReasonMalformed();
        }
        if (await mails.FindByKeyAsync(key, cancel) is not { Record.Effect: not null } stored)
        {
            return new MailActing.NotFound();
        }
        var now = clock.GetCurrentInstant();
        MailSettlement? made = null;
        var after = await mails.ChangeAsync(
            key, stored,
            mail => IsAsSeen(mail, seen)
                ? mail with { Settled = made = new MailSettlement(mail.State, actor, typed, now) }
                : null,
            cancel,
            changed => OfficialEvent.Of("mail-settled", key, new { changed.Effect!.Template, changed.State, changed.Round }, actor));
        return made is not null && after!.Record.Settled == made ? new MailActing.Done(after.Record) : new MailActing.Overtaken(after!.Record);
    }

    private static bool IsAsSeen(Mail mail, int? seen) => mail.NeedsStaff && (seen is null || seen == mail.Round);
}
