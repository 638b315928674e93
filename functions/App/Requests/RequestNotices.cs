using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>Reminds an office of its own nota; tells the Secretaría General and the staff of one without answer.</summary>
public sealed class RequestNotices(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, Addressees addressees, StaffDirectory staff, Site site, TimeProvider clock,
    IStringLocalizer<RequestTexts> texts) : INoticeKind
{
    private const int DaysOfAWeek = 7;

    public string Kind => NoticePlanner.RequestKind;

    /// <param name="from">When it got its present due date.</param>
    public static IReadOnlyList<DueNotice> Plan(OfficialRequest request, Cycle cycle, Instant from) => NoticePlanner.ForRequest(
        request.Id, VersionOf(request), cycle.DateOf(from), request.Due, cycle.Notices, cycle.WorkingDays);

    public async Task<IReadOnlyList<Recipient>> RecipientsAsync(DueNotice notice, LocalDate today, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if ((await store.FindAsync(cycle.Id, notice.Subject, cancel))?.Record is not { } request
            || VersionOf(request) != notice.Version || !RequestLife.IsAwaited(request.PhaseAt(clock.GetCurrentInstant(), cycle)))
        {
            return [];
        }
        // Corrected since, it needs no new nota.
        var secretariat = (await addressees.FindAsync(request, cycle, cancel))?.SecretariatMailbox ?? request.SecretariatMailbox;
        var answering = new[] { request.Office.Mailbox, request.Delegation?.Mailbox }.OfType<string>().Distinct()
            .Select(mailbox => new Recipient(mailbox, Language.Spanish, Line(request, notice, Reader.Office, secretariat))).ToList();
        if (notice.Occasions.All(occasion => occasion.Name != Occasions.NoAnswer))
        {
            return answering;
        }
        return
        [
            .. answering,
            .. secretariat is null ? [] : new[] { new Recipient(secretariat, Language.Spanish, Line(request, notice, Reader.Secretariat, secretariat)) },
            .. staff.Members.Select(member => new Recipient(member.Address, Language.Spanish, Line(request, notice, Reader.Staff, secretariat))),
        ];
    }

    public IReadOnlyList<MailPart> Describe(JsonElement model, LocalDate today)
    {
        var line = model.Deserialize<RequestLine>(Json.Options)!;
        var parts = new List<MailPart>
        {
            new MailPart.Heading(texts["NoticeTitle", line.Number, kinds.Named(line.Kind).Texts["Title"], line.InstitutionName]),
            new MailPart.Paragraph(Deadline(line.Due, today)),
        };
        if (line.IsPrepared)
        {
            parts.Add(new MailPart.Paragraph(texts["NoticePrepared"]));
        }
        if (today > line.Due)
        {
            parts.Add(new MailPart.Paragraph(texts[$"NoticeLate-{line.Reader}"]));
            if (line is { IsElevated: true, Reader: not Reader.Secretariat })
            {
                parts.Add(new MailPart.Paragraph(texts["NoticeElevated"]));
            }
        }
        if (line.Address is { } address)
        {
            parts.Add(new MailPart.Button(texts[line.Reader == Reader.Staff ? "SeeInConsole" : "ReadAndAnswerNumber", line.Number], address));
        }
        return parts;
    }

    private string Deadline(LocalDate due, LocalDate today) => Period.DaysBetween(today, due) switch
    {
        < -1 and var days => texts["EndedDays", DateWords.NearDay(due), -days],
        -1 => texts["EndedYesterday", DateWords.NearDay(due)],
        0 => texts["EndsToday", DateWords.NearDay(due)],
        1 => texts["EndsTomorrow", DateWords.NearDay(due)],
        < DaysOfAWeek => texts["EndsSoon", DateWords.NearDay(due)],
        var days => texts["EndsDays", DateWords.NearDay(due), days],
    };

    // Who answers holds the link; the staff watch.
    private DigestLine Line(OfficialRequest request, DueNotice notice, Reader reader, string? secretariat) => new(
        NoticePlanner.RequestKind, notice.Identity,
        JsonSerializer.SerializeToElement(
            new RequestLine(
                request.Kind, request.Number, request.InstitutionName, request.Due, request.Draft is not null, reader,
                reader == Reader.Staff ? site.Address($"/staff/requests/{request.Id}") : links.AddressFor(request), secretariat is not null),
            Json.Options));

    /// <summary>A notice of older links, or of an older due date, does not go out.</summary>
    internal static string VersionOf(OfficialRequest request) => string.Create(CultureInfo.InvariantCulture, $"{request.Generation}-{request.Due:yyyyMMdd}");

    private enum Reader { Office, Secretariat, Staff }

    private sealed record RequestLine(string Kind, string Number, string InstitutionName, LocalDate Due, bool IsPrepared, Reader Reader, string? Address, bool IsElevated = false);
}
