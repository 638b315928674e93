using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Liaisons;

public sealed class LiaisonStore(StorageClients storage)
{
    private const string RowPrefix = "L!";

    /// <summary>By institution and theme.</summary>
    public Task<IReadOnlyList<Liaison>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<Liaison>(storage.Table(Tables.Liaisons), PartitionOf(cycle), RowPrefix, cancel);

    internal async Task<IReadOnlyList<Stored<Liaison>>> ListAsync(Cycle cycle, string institution, CancellationToken cancel) =>
        await Document.ListAsync<Liaison>(storage.Table(Tables.Liaisons), PartitionOf(cycle), $"{RowPrefix}{institution}!", cancel).ToListAsync(cancel);

    public async Task<Liaison?> FindAsync(Cycle cycle, string institution, string theme, CancellationToken cancel) =>
        (await Document.FindAsync<Liaison>(storage.Table(Tables.Liaisons), PartitionOf(cycle), RowOf(institution, theme), cancel))?.Record;

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!L";

    internal static string RowOf(string institution, string theme) => $"{RowPrefix}{institution}!{theme}";
}
