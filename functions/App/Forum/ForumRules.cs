using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Forum;

/// <summary>How the forum works: who sits in it, when it meets, how it decides. Public.</summary>
/// <param name="Link">Where the signed text is; null where there is none.</param>
public sealed record ForumRules(string Text, string? Link, Instant At);

public sealed class KeepRules(ForumStore forum, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int TextLength = 20_000;
    private const int LinkLength = 200;

    /// <returns>What is wrong with it; empty where it was published, or is so already.</returns>
    public async Task<IReadOnlyList<Fault>> RunAsync(string? typedText, string? typedLink, string by, CancellationToken cancel)
    {
        var (text, link) = (PlainText.Text(typedText), typedLink?.Trim() is { Length: > 0 } typed ? typed : null);
        Fault?[] faults =
        [
            text.Length == 0 ? new Fault("rules", "RulesMissing") : text.Length > TextLength ? new Fault("rules", "TooLong", TextLength) : null,
            link is null || (link.Length <= LinkLength && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http") ? null : new Fault("link", "LinkMalformed"),
        ];
        if (faults.OfType<Fault>().ToList() is { Count: > 0 } wrong)
        {
            return wrong;
        }
        var cycle = await cycles.GetAsync(cancel);
        if (await forum.FindRulesAsync(cycle, cancel) is { } now && (now.Text, now.Link) == (text, link))
        {
            return [];
        }
        await ledger.CommitAsync(
            new Change(Tables.Forum, ForumStore.PartitionOf(cycle))
                .Put(ForumStore.RulesRow, new ForumRules(text, link, clock.GetCurrentInstant()))
                .Record(OfficialEvent.Of("forum-rules-published", cycle.Id, new { text, link }, by)),
            cancel);
        return [];
    }
}
