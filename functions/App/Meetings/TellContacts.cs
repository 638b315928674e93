using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Subscriptions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Tells the contacts who were invited of the meeting as it is now: each once, and none who left the list, is a guest or has registered.</summary>
public sealed class TellContacts(MeetingStore store, RegistrationStore registrations, SubscriptionStore subscriptions, CurrentCycle cycles, Ledger ledger) : IEffectHandler
{
    private const string EffectKind = "tell-contacts";
    private const int MailsPerTransaction = 90;

    public string Kind => EffectKind;

    /// <param name="isMoved">They were invited before.</param>
    public static Effect EffectOf(Cycle cycle, Meeting meeting, bool isMoved) =>
        Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{meeting.Code}!{meeting.Sequence}!{meeting.Contacts.Count}", new Told(meeting.Code, isMoved));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var told = effect.Payload.Deserialize<Told>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        var meeting = (await store.FindAsync(cycle, told.Code, cancel))!;
        var knowing = meeting.Guests.Select(guest => guest.Mailbox)
            .Concat((await registrations.ToTellAsync(cycle, meeting, cancel)).Select(registrant => registrant.Person!.Mailbox!)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var invited = (await subscriptions.ContactsAsync(cycle, cancel)).Where(contact => meeting.Contacts.Any(part => part.Includes(contact.Contact!)) && !knowing.Contains(contact.Mailbox));
        foreach (var some in invited.Chunk(MailsPerTransaction))
        {
            await ledger.CommitAsync(
                new Change(Tables.Meetings, $"{MeetingStore.PartitionOf(cycle)}!{meeting.Code}").Then(some.Select(contact => MailEffect.Send(
                    $"contact!{cycle.Id}!{meeting.Code}!{meeting.Sequence}!{contact.Id}", ContactMail.Name, contact.Mailbox, contact.Language,
                    new ContactMail.Model(meeting.Code, meeting.Sequence, contact.Id, told.IsMoved)))),
                cancel);
        }
        return EffectOutcome.Done;
    }

    private sealed record Told(string Code, bool IsMoved);
}

/// <summary>An invitation that nobody owes an answer: it carries the way out of the list.</summary>
public sealed class ContactMail(
    MeetingStore store, SubscriptionStore subscriptions, SubscriptionLinks links, CurrentCycle cycles, Site site, IStringLocalizer<MeetingTexts> texts) : IMailWriter
{
    public const string Name = "contact-invitation";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var sent = model.Deserialize<Model>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        if (await subscriptions.FindAsync(cycle, sent.Contact, cancel) is not { Record: { Contact.ConfirmedAt: not null } contact }
            || await store.FindAsync(cycle, sent.Code, cancel) is not { } meeting || meeting.Sequence != sent.Sequence)
        {
            return null;
        }
        var what = sent.IsMoved ? "Changed" : "Open";
        return new MailContent(MeetingMail.Subject(meeting, what, texts),
        [
            .. MeetingMail.Opening(meeting, what, texts),
            .. meeting is { Registration: not null, Cancelled: null } ? [new MailPart.Button(texts["Register"], site.Address($"/meetings/{meeting.Code}/register"))] : Array.Empty<MailPart>(),
            new MailPart.Button(texts["SeeMeeting"], site.Address($"/meetings/{meeting.Code}")),
            new MailPart.Small(texts["WhyInvited"]),
        ])
        {
            Files = [new MailFile("reunion.ics", "text/calendar", MeetingCalendar.Of([meeting], cycle, site))],
            Unsubscribe = links.UnsubscribeAddress(contact, Purposes.Invitations),
        };
    }

    public string? StaffPath(JsonElement model) => $"/staff/meetings/{model.Deserialize<Model>(Json.Options)!.Code}";

    /// <param name="Contact">The subscription's id.</param>
    internal sealed record Model(string Code, int Sequence, string Contact, bool IsMoved);
}
