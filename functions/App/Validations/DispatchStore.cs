using System.Globalization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

public sealed class DispatchStore(StorageClients storage)
{
    internal const string BookRow = "B!notas";
    private const string RowPrefix = "D!";

    public async Task<Dispatch?> FindAsync(Cycle cycle, int round, CancellationToken cancel) =>
        (await Document.FindAsync<Dispatch>(storage.Table(Tables.Requests), PartitionOf(cycle), RowOf(round), cancel))?.Record;

    public Task<IReadOnlyList<Dispatch>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<Dispatch>(storage.Table(Tables.Requests), PartitionOf(cycle), RowPrefix, cancel);

    internal Task<Stored<NotaBook>?> FindBookAsync(Cycle cycle, CancellationToken cancel) =>
        Document.FindAsync<NotaBook>(storage.Table(Tables.Requests), PartitionOf(cycle), BookRow, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!D";

    internal static string RowOf(int round) => RowPrefix + round.ToString("D3", CultureInfo.InvariantCulture);
}
