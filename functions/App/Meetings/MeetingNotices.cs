using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Reminds the guests of a meeting one working day before.</summary>
public sealed class MeetingNotices(MeetingStore store, CurrentCycle cycles, Site site, IStringLocalizer<MeetingTexts> texts) : INoticeKind
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
        if (await store.FindAsync(await cycles.GetAsync(cancel), notice.Subject, cancel) is not { Cancelled: null } meeting || VersionOf(meeting) != notice.Version)
        {
            return [];
        }
        var line = new DigestLine(
            NoticeKind, notice.Identity, JsonSerializer.SerializeToElement(new Line(meeting.Code, meeting.Title, MeetingWords.When(meeting), meeting.Place), Json.Options));
        return [.. meeting.Guests.Select(guest => new Recipient(guest.Mailbox, Language.Spanish, line))];
    }

    public IReadOnlyList<MailPart> Describe(JsonElement model, LocalDate today)
    {
        var line = model.Deserialize<Line>(Json.Options)!;
        return
        [
            new MailPart.Heading(line.Title),
            new MailPart.Paragraph(texts["Reminder", line.When, line.Place]),
            new MailPart.Button(texts["SeeMeeting"], site.Address($"/meetings/{line.Code}")),
        ];
    }

    private static string VersionOf(Meeting meeting) => meeting.Sequence.ToString(CultureInfo.InvariantCulture);

    private sealed record Line(string Code, string Title, string When, string Place);
}
