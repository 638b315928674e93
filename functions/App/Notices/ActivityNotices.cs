using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Notices;

/// <summary>Tells the staff, and those whom the activity names, that it opens, closes or is late.</summary>
public sealed class ActivityNotices(CurrentCycle current, StaffDirectory staff, IEnumerable<IActivityAudience> audiences, IStringLocalizer<NoticeTexts> texts) : INoticeKind
{
    private const int DaysOfAWeek = 7;

    public string Kind => NoticePlanner.ActivityKind;

    public async Task<IReadOnlyList<Recipient>> RecipientsAsync(DueNotice notice, LocalDate today, CancellationToken cancel)
    {
        var cycle = await current.GetAsync(cancel);
        if (Holding(cycle, notice) is not { } activity)
        {
            return [];
        }
        var line = LineOf(activity, notice);
        var readers = staff.Members.Select(member => new Reader(member.Address, Language.Spanish)).ToList();
        foreach (var audience in audiences.Where(audience => activity.Audiences.Contains(audience.Name)))
        {
            readers.AddRange(await audience.ReadersAsync(cycle, cancel));
        }
        return [.. readers.DistinctBy(reader => reader.Mailbox.ToUpperInvariant()).Select(reader => new Recipient(reader.Mailbox, reader.Language, line with { Unsubscribe = reader.Unsubscribe }))];
    }

    public async Task<DueNotice?> NextAsync(DueNotice sent, LocalDate today, CancellationToken cancel)
    {
        var cycle = await current.GetAsync(cancel);
        return sent.Occasions.Any(occasion => occasion.Name == Occasions.Late) && Holding(cycle, sent) is { } activity
            ? NoticePlanner.NextLate(activity, cycle.Version, cycle.Notices, cycle.WorkingDays, LocalDate.Max(today, sent.SendOn))
            : null;
    }

    public IReadOnlyList<MailPart> Describe(JsonElement model, LocalDate today)
    {
        var line = model.Deserialize<ActivityLine>(Json.Options)!;
        var sentences = line.Occasions.Select(occasion => Sentence(line, occasion, today)).Distinct();
        return
        [
            new MailPart.Heading(texts["Activity", line.Number, line.Title]),
            new MailPart.Paragraph(string.Join(' ', sentences)),
            new MailPart.Small(texts["Responsible", line.Responsible]),
        ];
    }

    internal static DigestLine LineOf(Activity activity, DueNotice notice) =>
        new(NoticePlanner.ActivityKind, notice.Identity, JsonSerializer.SerializeToElement(ActivityLine.Of(activity, notice), Json.Options));

    /// <summary>The activity where the notice still holds: not done, and not of an older version of the dates.</summary>
    internal static Activity? Holding(Cycle cycle, DueNotice notice) =>
        notice.Version == cycle.Version.ToString(CultureInfo.InvariantCulture)
            ? cycle.Dated.FirstOrDefault(activity => activity.Key == notice.Subject && activity.Done is null)
            : null;

    private string Sentence(ActivityLine line, string occasion, LocalDate today) =>
        occasion == Occasions.Late || today > line.Closes ? Sentence("Late", line.Closes, Period.DaysBetween(line.Closes, today))
        : line.Opens == line.Closes ? Sentence("Takes", line.Opens, Period.DaysBetween(today, line.Opens))
        : !occasion.StartsWith(Occasions.OpensPrefix, StringComparison.Ordinal) ? Sentence("Closes", line.Closes, Period.DaysBetween(today, line.Closes))
        : today <= line.Opens ? Sentence("Opens", line.Opens, Period.DaysBetween(today, line.Opens))
        : Sentence("Opened", line.Opens, Period.DaysBetween(line.Opens, today));

    /// <summary>"today", "tomorrow" (or "yesterday"), "this Sunday", "in n days".</summary>
    private string Sentence(string what, LocalDate day, int days) => days switch
    {
        0 => texts[$"{what}Today", DateWords.NearDay(day)],
        1 => texts[$"{what}OneDay", DateWords.NearDay(day)],
        < DaysOfAWeek when what == "Closes" => texts["ClosesSoon", DateWords.NearDay(day)],
        _ => texts[$"{what}Days", DateWords.NearDay(day), days],
    };

    private sealed record ActivityLine(
        int Number, LocalizedText Title, string Responsible, LocalDate Opens, LocalDate Closes, IReadOnlyList<string> Occasions)
    {
        public static ActivityLine Of(Activity activity, DueNotice notice) => new(
            activity.Number, activity.Title, activity.Responsible, activity.Opens, activity.Closes, [.. notice.Occasions.Select(occasion => occasion.Name)]);
    }
}
