using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Notices;

/// <summary>Whom a change of the chronogram concerns. Registered by the feature that knows them.</summary>
public interface IAudience
{
    Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, Rebaselining change, CancellationToken cancel);
}

/// <param name="Language">"es" or "en".</param>
/// <param name="Unsubscribe">Where the reader ends it; null for who reads by office.</param>
public sealed record Reader(string Mailbox, string Language, string? Unsubscribe = null);

/// <summary>Everyone whom a change concerns, each once, however many ways it concerns them.</summary>
public sealed class Audiences(IEnumerable<IAudience> audiences)
{
    public async Task<IReadOnlyList<Reader>> OfAsync(Cycle cycle, Rebaselining change, CancellationToken cancel)
    {
        var readers = new List<Reader>();
        foreach (var audience in audiences)
        {
            readers.AddRange(await audience.ReadersAsync(cycle, change, cancel));
        }
        return [.. readers.DistinctBy(reader => reader.Mailbox.Trim().ToUpperInvariant())];
    }
}

public sealed class StaffAudience(StaffDirectory staff) : IAudience
{
    public Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, Rebaselining change, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Reader>>([.. staff.Members.Select(member => new Reader(member.Address, Language.Spanish))]);
}

/// <summary>Sends one explanation to each person whom a change of dates concerns.</summary>
public sealed class ExplainChange(CurrentCycle current, Audiences audiences, Ledger ledger) : IEffectHandler
{
    private const int MailsPerTransaction = 90;

    public string Kind => ChangeToExplain.EffectKind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var explained = effect.Payload.Deserialize<ChangeToExplain>(Json.Options)!;
        var cycle = (await current.FindAsync(cancel))!.Record;
        if (cycle.Id != explained.Cycle || cycle.Rebaselinings.FirstOrDefault(change => change.Version == explained.Version) is not { } change)
        {
            return EffectOutcome.Done;
        }
        foreach (var some in (await audiences.OfAsync(cycle, change, cancel)).Chunk(MailsPerTransaction))
        {
            // Told twice, a mail's identity lets it go once.
            await ledger.CommitAsync(
                new Change(Tables.Notices, $"{cycle.Id}!X{change.Version}").Then(some.Select(reader => MailEffect.Send(
                    $"change!{cycle.Id}!{change.Version}!{reader.Mailbox.Trim().ToUpperInvariant()}", ChangeMail.Name, reader.Mailbox, reader.Language, new ChangeMail.Model(explained.Cycle, explained.Version, reader.Unsubscribe)))),
                cancel);
        }
        return EffectOutcome.Done;
    }
}

/// <summary>Why dates moved, with the old and the new ones.</summary>
public sealed class ChangeMail(CurrentCycle current, Site site, IStringLocalizer<NoticeTexts> texts) : IMailWriter
{
    public const string Name = "chronogram-changed";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var explained = model.Deserialize<Model>(Json.Options)!;
        var cycle = await current.GetAsync(cancel);
        return cycle.Id == explained.Cycle && cycle.Rebaselinings.FirstOrDefault(change => change.Version == explained.Version) is { } change
            ? Write(cycle, change) with { Unsubscribe = explained.Unsubscribe }
            : null;
    }

    /// <summary>As the preview shows it too.</summary>
    public MailContent Write(Cycle cycle, Rebaselining change) => new(texts["ChangeSubject"],
    [
        new MailPart.Heading(texts["ChangeSubject"]),
        new MailPart.Paragraph(texts["ChangeLead", cycle.Name]),
        new MailPart.Subheading(texts["ChangeReason"]),
        new MailPart.Quote(change.Reason),
        new MailPart.Subheading(texts["ChangeDates"]),
        new MailPart.Items([.. change.Moved.Select(moved => Line(cycle, moved))]),
        new MailPart.Paragraph(texts["ChangeNotices"]),
        new MailPart.Button(texts["SeeChronogram"], site.Address("/chronogram")),
    ]);

    internal sealed record Model(string Cycle, int Version, string? Unsubscribe);

    private string Line(Cycle cycle, MovedDates moved)
    {
        var activity = cycle.Activity(moved.Key);
        return texts["ChangeLine", activity.Number, activity.Title, DateWords.Span(moved.Opens, moved.Closes), DateWords.Span(moved.OpensBefore, moved.ClosesBefore)];
    }
}
