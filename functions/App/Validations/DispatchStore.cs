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

    public async Task<IReadOnlyList<Dispatch>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var rounds = new List<Dispatch>();
        await foreach (var stored in Document.ListAsync<Dispatch>(storage.Table(Tables.Requests), PartitionOf(cycle), RowPrefix, cancel))
        {
            rounds.Add(stored.Record);
        }
        return rounds;
    }

    internal Task<Stored<NotaBook>?> FindBookAsync(Cycle cycle, CancellationToken cancel) =>
        Document.FindAsync<NotaBook>(storage.Table(Tables.Requests), PartitionOf(cycle), BookRow, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!D";

    internal static string RowOf(int round) => RowPrefix + round.ToString("D3", CultureInfo.InvariantCulture);
}
