using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals;

/// <param name="After">The code after which the page begins; null for the first.</param>
public sealed record ProposalFilter(string? Status = null, string? Theme = null, string? Territory = null, string? Query = null, string? After = null);

/// <param name="Next">Goes into <see cref="ProposalFilter.After"/>; null at the end.</param>
public sealed record ProposalPage(IReadOnlyList<Proposal> Items, int Total, string? Next);

/// <summary>
/// The public list, from a copy at most a few seconds old: a visit does not read the store. What this instance
/// accepted is in it at once.
/// </summary>
public sealed class ProposalSnapshot
{
    public const int PageSize = 20;
    private readonly ProposalStore store;
    private readonly CurrentCycle cycles;
    private readonly Recent<Dictionary<string, Entry>> recent;
    private readonly ConcurrentDictionary<string, Entry> own = new();

    public ProposalSnapshot(ProposalStore store, CurrentCycle cycles)
    {
        (this.store, this.cycles) = (store, cycles);
        recent = new Recent<Dictionary<string, Entry>>(ReadAsync);
    }

    public void Include(Proposal proposal) => own[proposal.Code] = Entry.Of(proposal);

    public async Task<ProposalPage> FindAsync(ProposalFilter filter, CancellationToken cancel) => Select(await EntriesAsync(cancel), filter);

    public async Task<int> CountAsync(CancellationToken cancel) => (await EntriesAsync(cancel)).Count;

    internal static ProposalPage Select(IReadOnlyList<Entry> newestFirst, ProposalFilter filter)
    {
        var words = Fold(filter.Query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var code = ProposalCode.Read(filter.Query);
        var matching = newestFirst.Where(entry =>
            (filter.Status is not { Length: > 0 } status || entry.Proposal.Status == status)
            && filter.Theme is not { Length: > 0 }
            && (filter.Territory is not { Length: > 0 } territory || entry.Proposal.Content.Territory == territory)
            && (entry.Proposal.Code == code || words.All(word => entry.Folded.Contains(word, StringComparison.Ordinal)))).ToList();
        var start = filter.After is { Length: > 0 } after ? matching.FindIndex(entry => entry.Proposal.Code == after) + 1 : 0;
        var page = matching.Skip(start).Take(PageSize).Select(entry => entry.Proposal).ToList();
        return new ProposalPage(page, matching.Count, start + page.Count < matching.Count ? page[^1].Code : null);
    }

    /// <summary>Small letters without accents: what is typed in haste finds what was written with care.</summary>
    internal static string Fold(string text) => new([.. text.Normalize(NormalizationForm.FormD)
        .Where(symbol => CharUnicodeInfo.GetUnicodeCategory(symbol) != UnicodeCategory.NonSpacingMark)
        .Select(char.ToLowerInvariant)]);

    private async Task<IReadOnlyList<Entry>> EntriesAsync(CancellationToken cancel)
    {
        var stored = await recent.GetAsync(cancel);
        return [.. stored.Values.Concat(own.Values.Where(entry => !stored.ContainsKey(entry.Proposal.Code)))
            .OrderByDescending(entry => entry.Proposal.ReceivedAt).ThenBy(entry => entry.Proposal.Code, StringComparer.Ordinal)];
    }

    private async Task<Dictionary<string, Entry>> ReadAsync(CancellationToken cancel)
    {
        var before = own.Keys.ToList();
        var read = (await store.ListAsync(await cycles.GetAsync(cancel), cancel)).ToDictionary(proposal => proposal.Code, Entry.Of);
        before.Where(read.ContainsKey).ToList().ForEach(code => own.TryRemove(code, out _));
        return read;
    }

    internal sealed record Entry(Proposal Proposal, string Folded)
    {
        public static Entry Of(Proposal proposal) =>
            new(proposal, Fold($"{proposal.Code} {proposal.Content.Title} {proposal.Content.Problem} {proposal.Content.Idea}"));
    }
}
