using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Themes;

/// <summary>Says which institutions each adopted theme concerns: each of them names its liaison for it.</summary>
public sealed class MapInstitutions(ThemeStore store, RecentThemes recent, CurrentCycle cycles, StorageClients storage, Ledger ledger)
{
    /// <param name="institutions">Codes that are known, by theme; a theme that is not named keeps its own.</param>
    /// <param name="seen">The themes as the member of staff looked at them.</param>
    public async Task<Edited<IReadOnlyList<Theme>>> MapAsync(ILookup<string, string> institutions, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var partition = ThemeStore.PartitionOf(cycle);
        var all = await Document.ListAsync<Theme>(storage.Table(Tables.Themes), partition, ThemeStore.RowPrefix, cancel).ToListAsync(cancel);
        var changed = all.Where(stored => institutions.Contains(stored.Record.Code))
            .Select(stored => (Stored: stored, Now: stored.Record with { Institutions = [.. institutions[stored.Record.Code].Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal)] }))
            .Where(one => !one.Now.Institutions.SequenceEqual(one.Stored.Record.Institutions)).ToList();
        IReadOnlyList<Theme> themes = [.. all.Select(stored => stored.Record)];
        if (changed.Count == 0)
        {
            return new Edited<IReadOnlyList<Theme>>.Done(themes);
        }
        if (seen is not null && seen != Editing.SeenOf(themes))
        {
            return new Edited<IReadOnlyList<Theme>>.Overtaken();
        }
        if (changed.Where(one => one.Now.Decision?.Outcome != ThemeOutcome.Adopted).Select(one => one.Now.Code).ToList() is { Count: > 0 } undecided)
        {
            return new Edited<IReadOnlyList<Theme>>.Invalid([new Fault(undecided[0], "NotAdopted", undecided[0])]);
        }
        var change = new Change(Tables.Themes, partition)
            .Record(OfficialEvent.Of("themes-mapped", cycle.Id, changed.Select(one => new { Theme = one.Now.Code, one.Now.Institutions }), by));
        foreach (var (stored, now) in changed)
        {
            change.Replace(ThemeStore.RowOf(now.Code), now, stored.ETag);
        }
        var committed = await ledger.CommitAsync(change, cancel);
        recent.Forget();
        return committed == CommitResult.Committed
            ? new Edited<IReadOnlyList<Theme>>.Done(await store.ListAsync(cycle, cancel))
            : new Edited<IReadOnlyList<Theme>>.Overtaken();
    }
}
