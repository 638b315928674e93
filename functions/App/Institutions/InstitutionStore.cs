using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

public sealed class InstitutionStore(StorageClients storage)
{
    internal const string RowPrefix = "I!";

    public async Task<Institution?> FindAsync(Cycle cycle, string code, CancellationToken cancel) =>
        (await FindStoredAsync(cycle, code, cancel))?.Record;

    public Task<Stored<Institution>?> FindStoredAsync(Cycle cycle, string code, CancellationToken cancel) =>
        Document.FindAsync<Institution>(storage.Table(Tables.Institutions), PartitionOf(cycle), RowOf(code), cancel);

    /// <summary>By code.</summary>
    public Task<IReadOnlyList<Institution>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<Institution>(storage.Table(Tables.Institutions), PartitionOf(cycle), RowPrefix, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!I";

    internal static string RowOf(string code) => RowPrefix + code;
}
