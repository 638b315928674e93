using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Reminds the guests of a meeting, and who registered for it, one working day before.</summary>
public sealed class MeetingNotices(MeetingStore store, RegistrationStore registrations, RegistrationLinks links, CurrentCycle cycles, Site site, IStringLocalizer<MeetingTexts> texts) : INoticeKind
{
    private const string NoticeKind = "meeting";
    private const int WorkingDaysBefore = 1;

    public string Kind => NoticeKind;

    /// <summary>None for a meeting so near that the invitation is the reminder.</summary>
    public static IReadOnlyList<DueNotice> Plan(Meeting meeting, Cycle cycle, Instant now)
    {
        var day = cycle.WorkingDays.Before(meeting.Starts.Date, WorkingDaysBefore);
        return meeting.Cancelled is not null || day <= cycle.DateOf(now) ? [] :
            [new DueNotice(NoticeKind, meeting.Code, VersionOf(meeting), day, [new Occasion($"{Occasions.DuePrefix}{WorkingDaysBefore}", meeting.Starts.Date)])];
    }

    public async Task<IReadOnlyList<Recipient>> RecipientsAsync(DueNotice notice, LocalDate today, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (await store.FindAsync(cycle, notice.Subject, cancel) is not { Cancelled: null } meeting || VersionOf(meeting) != notice.Version)
        {
            return [];
        }
        DigestLine LineFor(string? withdraw) => new(
            NoticeKind, notice.Identity, JsonSerializer.SerializeToElement(new Line(meeting.Code, meeting.Title, MeetingWords.When(meeting), meeting.Place, withdraw), Json.Options));
        var guests = LineFor(null);
        return
        [
            .. meeting.Guests.Select(guest => new Recipient(guest.Mailbox, Language.Spanish, guests)),
            .. (await registrations.ToTellAsync(cycle, meeting, cancel)).Select(registrant => new Recipient(registrant.Person!.Mailbox!, registrant.Person.Language, LineFor(links.WithdrawalAddress(registrant)))),
        ];
    }

    public IReadOnlyList<MailPart> Describe(JsonElement model, LocalDate today)
    {
        var line = model.Deserialize<Line>(Json.Options)!;
        return
        [
            new MailPart.Heading(line.Title),
            new MailPart.Paragraph(texts["Reminder", line.When, line.Place]),
            new MailPart.Button(texts["SeeMeeting"], site.Address($"/meetings/{line.Code}")),
            .. line.Withdraw is { } address ? [new MailPart.Button(texts["Withdraw"], address)] : Array.Empty<MailPart>(),
        ];
    }

    private static string VersionOf(Meeting meeting) => meeting.Sequence.ToString(CultureInfo.InvariantCulture);

    /// <param name="Withdraw">Where who registered gives the place back; null for guests.</param>
    private sealed record Line(string Code, string Title, string When, string Place, string? Withdraw = null);
}
