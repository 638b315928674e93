using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Themes;

public sealed class ThemeStore(StorageClients storage)
{
    internal const string RowPrefix = "T!";

    public Task<Stored<Theme>?> FindAsync(Cycle cycle, string code, CancellationToken cancel) =>
        Document.FindAsync<Theme>(storage.Table(Tables.Themes), PartitionOf(cycle), RowOf(code), cancel);

    /// <summary>By code.</summary>
    public Task<IReadOnlyList<Theme>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<Theme>(storage.Table(Tables.Themes), PartitionOf(cycle), RowPrefix, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!T";

    internal static string RowOf(string code) => RowPrefix + code;
}

/// <summary>The public pages' copy, a few seconds old.</summary>
public sealed class RecentThemes(ThemeStore store, CurrentCycle cycles)
{
    private readonly RecentByCycle<IReadOnlyList<Theme>> recent = new(cycles, store.ListAsync);

    public ValueTask<IReadOnlyList<Theme>> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    public ValueTask<IReadOnlyList<Theme>> GetAsync(Cycle cycle, CancellationToken cancel) => recent.GetAsync(cycle, cancel);

    public void Forget() => recent.Forget();
}
