using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Notices;

public sealed record DigestModel(IReadOnlyList<DigestEntry> Entries);

/// <summary>A mailbox's one digest of a day, worded on the day it is really sent: what is late comes first.</summary>
public sealed class DigestMail(
    IEnumerable<INoticeKind> kinds, CurrentCycle current, Site site, TimeProvider clock, IStringLocalizer<NoticeTexts> texts) : IMailWriter
{
    public const string Name = "digest";
    private const int HeadlineLength = 90;
    private readonly Dictionary<string, INoticeKind> kinds = kinds.ToDictionary(kind => kind.Kind);

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var cycle = await current.GetAsync(cancel);
        return Write(model.Deserialize<DigestModel>(Json.Options)!, cycle.DateOf(clock.GetCurrentInstant()));
    }

    internal MailContent Write(DigestModel digest, LocalDate today)
    {
        var groups = digest.Entries
            .Select(entry => (
                Urgency: DigestRules.UrgencyOf(entry.Occasions, today),
                Date: entry.Occasions.Min(occasion => occasion.Date),
                Parts: kinds[entry.Line.Kind].Describe(entry.Line.Model, today)))
            .OrderBy(entry => entry.Date)
            .ThenBy(entry => entry.Parts[0].Words, StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering))
            .GroupBy(entry => entry.Urgency)
            .OrderBy(group => group.Key)
            .ToList();
        var parts = groups.SelectMany(group => group.SelectMany(entry => entry.Parts.Select(Beneath)).Prepend(new MailPart.Heading(texts[$"Group{group.Key}"])));
        return new MailContent(
            Subject(groups[0].Key, groups[0].Count(), Headline(groups[0].First().Parts), digest.Entries.Count),
            [.. parts, new MailPart.Button(texts["SeeChronogram"], site.Address("/chronogram")), new MailPart.Small(texts["OneDigest"])])
        {
            Unsubscribe = digest.Entries.Select(entry => entry.Line.Unsubscribe).FirstOrDefault(address => address is not null),
        };
    }

    private string Subject(Urgency urgency, int pressing, string headline, int all)
    {
        var subject = pressing == 1 ? texts[$"Subject{urgency}One", headline] : texts[$"Subject{urgency}Many", pressing];
        return (all - pressing) switch
        {
            0 => subject,
            1 => texts["AndOneMore", subject],
            var more => texts["AndMore", subject, more],
        };
    }

    private static string Headline(IReadOnlyList<MailPart> parts)
    {
        var text = parts[0].Words;
        return text.Length <= HeadlineLength ? text : MailText.Cut(text, HeadlineLength - 1) + "…";
    }

    private static MailPart Beneath(MailPart part) => part is MailPart.Heading heading ? new MailPart.Subheading(heading.Text) : part;
}
