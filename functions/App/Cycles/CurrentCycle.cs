using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>The deployment's one current cycle; accepting a proposal reads no row for it.</summary>
public sealed class CurrentCycle
{
    private readonly StorageClients storage;
    private readonly Recent<Cycle> recent;

    public CurrentCycle(StorageClients storage)
    {
        this.storage = storage;
        recent = new Recent<Cycle>(async cancel => (await FindAsync(cancel) ?? throw new InvalidOperationException("No cycle is loaded.")).Record);
    }

    public ValueTask<Cycle> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    /// <summary>The stored cycle itself, for a change to it; null before one is loaded.</summary>
    public Task<Stored<Cycle>?> FindAsync(CancellationToken cancel) =>
        Document.FindAsync<Cycle>(storage.Table(Tables.Cycles), CycleRow.Partition, CycleRow.Current, cancel);

    /// <summary>The current cycle and those before it, the newest first: what was said in them keeps its address.</summary>
    public async Task<IReadOnlyList<Cycle>> ListAsync(CancellationToken cancel)
    {
        var past = await Document.ReadAllAsync<Cycle>(storage.Table(Tables.Cycles), CycleRow.Partition, CycleRow.Past, cancel);
        return [await GetAsync(cancel), .. past.OrderByDescending(cycle => cycle.LoadedAt)];
    }

    /// <summary>The current cycle where <paramref name="id"/> is empty; null where there never was such a one.</summary>
    public async Task<Cycle?> FindAsync(string? id, CancellationToken cancel) =>
        await GetAsync(cancel) is var current && string.IsNullOrEmpty(id) ? current : (await ListAsync(cancel)).FirstOrDefault(cycle => cycle.Id == id);

    /// <summary>After a change of this instance, so that its next page shows it.</summary>
    public void Forget() => recent.Forget();
}

internal static class CycleRow
{
    public const string Partition = "cycle";
    public const string Current = "C!current";
    public const string Past = "C!past!";
}
