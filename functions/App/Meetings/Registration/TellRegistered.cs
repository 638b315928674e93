using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Tells who registered that the meeting moved, or is cancelled; once for each of its changes.</summary>
public sealed class TellRegistered(MeetingStore meetings, RegistrationStore store, CurrentCycle cycles, Ledger ledger) : IEffectHandler
{
    private const string EffectKind = "tell-registered";
    private const int MailsPerTransaction = 90;

    public string Kind => EffectKind;

    public static Effect EffectOf(Cycle cycle, Meeting meeting) => Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{meeting.Code}!{meeting.Sequence}", new Told(meeting.Code));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var meeting = (await meetings.FindAsync(cycle, effect.Payload.Deserialize<Told>(Json.Options)!.Code, cancel))!;
        foreach (var some in (await store.ToTellAsync(cycle, meeting, cancel)).Where(registrant => registrant.Sequence < meeting.Sequence).Chunk(MailsPerTransaction))
        {
            await ledger.CommitAsync(
                new Change(Tables.Meetings, $"{MeetingStore.PartitionOf(cycle)}!{meeting.Code}").Then(some.Select(registrant => MailEffect.Send(
                    $"registration!{cycle.Id}!{meeting.Code}!{registrant.Code}!{meeting.Sequence}", RegistrationMail.Name, registrant.Person!.Mailbox!, registrant.Person.Language,
                    new RegistrationMail.Model(meeting.Code, registrant.Code, meeting.Sequence, IsNew: false)))),
                cancel);
        }
        return EffectOutcome.Done;
    }

    private sealed record Told(string Code);
}

/// <summary>Confirms a registration, with the calendar's file and the link to withdraw; tells of the meeting's change and of its cancellation.</summary>
public sealed class RegistrationMail(
    MeetingStore meetings, RegistrationStore store, RegistrationLinks links, CurrentCycle cycles, EmailSettings settings, Site site, IStringLocalizer<MeetingTexts> texts) : IMailWriter
{
    public const string Name = "meeting-registration";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var sent = model.Deserialize<Model>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        // Who withdrew hears nothing more; a later change has a mail of its own.
        if (await store.FindAsync(cycle, sent.Meeting, sent.Code, cancel) is not { Record: { Person.Mailbox: { } mailbox } registrant }
            || await meetings.FindAsync(cycle, sent.Meeting, cancel) is not { } meeting || meeting.Sequence != sent.Sequence)
        {
            return null;
        }
        var what = sent.IsNew ? "Registered" : "Changed";
        List<MailPart> parts = [.. MeetingMail.Opening(meeting, what, texts)];
        if (meeting.Cancelled is null)
        {
            parts.AddRange([new MailPart.Paragraph(texts["RegistrationCode"]), new MailPart.Code(registrant.Code)]);
        }
        parts.Add(new MailPart.Button(texts["SeeMeeting"], site.Address($"/meetings/{meeting.Code}")));
        if (meeting.Cancelled is null)
        {
            parts.AddRange([new MailPart.Button(texts["Withdraw"], links.WithdrawalAddress(registrant)), new MailPart.Small(texts["RegistrationNotYou"])]);
        }
        return new MailContent(MeetingMail.Subject(meeting, what, texts), parts)
        {
            Files = [new MailFile("reunion.ics", "text/calendar", MeetingCalendar.Of([meeting], cycle, site, settings.ReplyTo.Address, mailbox, comes: true))],
        };
    }

    public string? StaffPath(JsonElement model) => $"/staff/meetings/{model.Deserialize<Model>(Json.Options)!.Meeting}";

    /// <param name="IsNew">It confirms; else it tells of a change.</param>
    internal sealed record Model(string Meeting, string Code, int Sequence, bool IsNew);
}
