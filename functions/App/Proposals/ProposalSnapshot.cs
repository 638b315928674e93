using System.Collections.Concurrent;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <param name="Channel">The kind of channel, or the code of one.</param>
/// <param name="After">The code after which the page begins; null for the first.</param>
public sealed record ProposalFilter(
    string? Status = null, string? Theme = null, string? Territory = null, string? Query = null, string? After = null, string? Channel = null)
{
    /// <summary>As <see cref="Theme"/>: those that are under none.</summary>
    public const string NoTheme = "none";
}

/// <param name="Next">Goes into <see cref="ProposalFilter.After"/>; null at the end.</param>
public sealed record ProposalPage(IReadOnlyList<Proposal> Items, int Total, string? Next);

/// <summary>
/// The lists, from a copy at most a few seconds old: a visit does not read the store. What this instance accepted or
/// changed is in it at once.
/// </summary>
public sealed class ProposalSnapshot
{
    public const int PageSize = 20;
    private readonly ProposalStore store;
    private readonly CurrentCycle cycles;
    private readonly Recent<Copy> recent;
    private readonly RecentByCycle<Copy> past;
    private readonly ConcurrentDictionary<string, Entry> own = new();

    public ProposalSnapshot(ProposalStore store, CurrentCycle cycles)
    {
        (this.store, this.cycles) = (store, cycles);
        recent = new Recent<Copy>(ReadAsync);
        past = new RecentByCycle<Copy>(cycles, async (cycle, cancel) => new Copy(NewestFirst((await store.ListAsync(cycle, cancel)).Select(Entry.Of))));
    }

    /// <summary>As it is after a change of this instance: it stands above a copy read before.</summary>
    public void Include(Proposal proposal) => own[proposal.Code] = Entry.Of(proposal);

    /// <summary>What everyone may see: not what was hidden, and what was merged only where it is asked for.</summary>
    public async Task<ProposalPage> FindAsync(ProposalFilter filter, CancellationToken cancel) => Select(await EntriesAsync(cancel), filter);

    /// <summary>The same of the current cycle, or of one before it.</summary>
    public async Task<ProposalPage> FindAsync(Cycle cycle, ProposalFilter filter, CancellationToken cancel) => Select(await EntriesAsync(cycle, cancel), filter);

    /// <summary>For staff: everything, newest first.</summary>
    public async Task<IReadOnlyList<Proposal>> FindAllAsync(ProposalFilter filter, CancellationToken cancel) =>
        [.. Matching(await EntriesAsync(cancel), filter).Select(entry => entry.Proposal)];

    public async Task<AllProposals> AllAsync(CancellationToken cancel) => new([.. (await EntriesAsync(cancel)).Select(entry => entry.Proposal)]);

    /// <summary>The same of the current cycle, or of one before it.</summary>
    public async Task<AllProposals> AllAsync(Cycle cycle, CancellationToken cancel) => new([.. (await EntriesAsync(cycle, cancel)).Select(entry => entry.Proposal)]);

    public async Task<int> CountAsync(CancellationToken cancel) => (await EntriesAsync(cancel)).Count;

    internal static ProposalPage Select(IReadOnlyList<Entry> newestFirst, ProposalFilter filter)
    {
        var code = ProposalCode.Read(filter.Query);
        var matching = Matching(newestFirst, filter).Where(entry => entry.Proposal.Hidden is null
            && (entry.Proposal.Merged is null || filter.Status == Statuses.Merged || entry.Proposal.Code == code)).ToList();
        var start = filter.After is { Length: > 0 } after ? matching.FindIndex(entry => entry.Proposal.Code == after) + 1 : 0;
        var page = matching.Skip(start).Take(PageSize).Select(entry => entry.Proposal).ToList();
        return new ProposalPage(page, matching.Count, start + page.Count < matching.Count ? page[^1].Code : null);
    }

    private static IEnumerable<Entry> Matching(IReadOnlyList<Entry> entries, ProposalFilter filter)
    {
        var words = PlainText.Fold(filter.Query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var code = ProposalCode.Read(filter.Query);
        return entries.Where(entry =>
            (filter.Status is not { Length: > 0 } status || entry.Proposal.PublicStatus == status)
            && (filter.Theme is not { Length: > 0 } theme || (entry.Proposal.Theme ?? ProposalFilter.NoTheme) == theme)
            && (filter.Territory is not { Length: > 0 } territory || entry.Proposal.Content.Territory == territory)
            && (filter.Channel is not { Length: > 0 } channel || entry.Proposal.Content.Channel == channel || entry.Proposal.Via == channel)
            && (entry.Proposal.Code == code || words.All(word => entry.Folded.Contains(word, StringComparison.Ordinal))));
    }

    private async Task<IReadOnlyList<Entry>> EntriesAsync(CancellationToken cancel)
    {
        var stored = await recent.GetAsync(cancel);
        return own.IsEmpty ? stored.NewestFirst : NewestFirst(stored.NewestFirst.Where(entry => !own.ContainsKey(entry.Proposal.Code)).Concat(own.Values));
    }

    private async Task<IReadOnlyList<Entry>> EntriesAsync(Cycle cycle, CancellationToken cancel) =>
        cycle.Id == (await cycles.GetAsync(cancel)).Id ? await EntriesAsync(cancel) : (await past.GetAsync(cycle, cancel)).NewestFirst;

    private async Task<Copy> ReadAsync(CancellationToken cancel)
    {
        var before = own.ToList();
        var read = (await store.ListAsync(await cycles.GetAsync(cancel), cancel)).Select(Entry.Of).ToList();
        // What was written before the reading began is in it, or belongs to a cycle before.
        before.ForEach(pair => own.TryRemove(pair));
        return new Copy(NewestFirst(read));
    }

    private static IReadOnlyList<Entry> NewestFirst(IEnumerable<Entry> entries) =>
        [.. entries.OrderByDescending(entry => entry.Proposal.ReceivedAt).ThenBy(entry => entry.Proposal.Code, StringComparer.Ordinal)];

    private sealed record Copy(IReadOnlyList<Entry> NewestFirst);

    internal sealed record Entry(Proposal Proposal, string Folded)
    {
        public static Entry Of(Proposal proposal) =>
            new(proposal, PlainText.Fold($"{proposal.Code} {proposal.Content.Title} {proposal.Content.Problem} {proposal.Content.Idea}"));
    }
}
