using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Meetings.Replies;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Sends each guest the meeting as it is now: once for each of its changes, however often it is asked for.</summary>
public sealed class TellGuests(MeetingStore store, ReplyKind replies, SendRequest send, CurrentCycle cycles, Ledger ledger, TimeProvider clock) : IEffectHandler
{
    private const string EffectKind = "tell-guests";
    private const int MailsPerTransaction = 90;
    private const int GuestsAtOnce = 8;

    public string Kind => EffectKind;

    public static Effect EffectOf(Cycle cycle, Meeting meeting) =>
        Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{meeting.Code}!{meeting.Sequence}!{meeting.Guests.Count}", new Told(meeting.Code));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var meeting = (await store.FindAsync(cycle, effect.Payload.Deserialize<Told>(Json.Options)!.Code, cancel))!;
        if (ReplyKind.IsAskedFor(meeting))
        {
            var now = clock.GetCurrentInstant();
            await Parallel.ForEachAsync(meeting.Guests, new ParallelOptions { MaxDegreeOfParallelism = GuestsAtOnce, CancellationToken = cancel }, async (guest, stop) =>
                await send.SendAsync(replies.RequestFor(meeting, guest, cycle, now), cycle, stop));
        }
        foreach (var some in meeting.Guests.Chunk(MailsPerTransaction))
        {
            // Who was told of this state before has the mail of the same identity.
            await ledger.CommitAsync(
                new Change(Tables.Meetings, $"{MeetingStore.PartitionOf(cycle)}!{meeting.Code}").Then(some.Select(guest => MailEffect.Send(
                    $"meeting!{cycle.Id}!{meeting.Code}!{meeting.Sequence}!{guest.Mailbox.ToUpperInvariant()}", InvitationMail.Name, guest.Mailbox, Language.Spanish,
                    new InvitationMail.Model(meeting.Code, meeting.Sequence, guest.Mailbox)))),
                cancel);
        }
        return EffectOutcome.Done;
    }

    private sealed record Told(string Code);
}

/// <summary>An invitation, its change or its cancellation, with the calendar's file.</summary>
public sealed class InvitationMail(MeetingStore store, RequestStore requests, RequestLinks links, CurrentCycle cycles, EmailSettings settings, Site site, IStringLocalizer<MeetingTexts> texts) : IMailWriter
{
    public const string Name = "meeting-invitation";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var sent = model.Deserialize<Model>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        // A later change has a mail of its own.
        if (await store.FindAsync(cycle, sent.Code, cancel) is not { } meeting || meeting.Sequence != sent.Sequence)
        {
            return null;
        }
        var what = meeting.Sequence > 0 ? "Changed" : "Invitation";
        List<MailPart> parts = [.. MeetingMail.Opening(meeting, what, texts)];
        if (ReplyKind.IsAskedFor(meeting) && await requests.FindAsync(cycle.Id, ReplyKind.IdOf(meeting, sent.Mailbox), cancel) is { } reply)
        {
            parts.Add(new MailPart.Button(texts["Reply"], links.AddressFor(reply.Record)));
        }
        parts.Add(new MailPart.Button(texts["SeeMeeting"], site.Address(cycle.AddressOf($"/meetings/{meeting.Code}"))));
        return new MailContent(MeetingMail.Subject(meeting, what, texts), parts)
        {
            Files = [new MailFile("reunion.ics", "text/calendar", MeetingCalendar.Of([meeting], cycle, site, settings.ReplyTo.Address, sent.Mailbox))],
        };
    }

    public string? StaffPath(JsonElement model) => $"/staff/meetings/{model.Deserialize<Model>(Json.Options)!.Code}";

    internal sealed record Model(string Code, int Sequence, string Mailbox);
}
