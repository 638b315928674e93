using System.Globalization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <summary>
/// Rounds and the decisions on commitments, in the partition of the notas' numbering: a decision that sends a nota
/// takes its number in the same transaction.
/// </summary>
public sealed class DispatchStore(StorageClients storage)
{
    private const string RowPrefix = "D!";
    private const string CasePrefix = "K!";

    public async Task<Dispatch?> FindAsync(Cycle cycle, int round, CancellationToken cancel) =>
        (await Document.FindAsync<Dispatch>(storage.Table(Tables.Requests), PartitionOf(cycle), RowOf(round), cancel))?.Record;

    public Task<IReadOnlyList<Dispatch>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<Dispatch>(storage.Table(Tables.Requests), PartitionOf(cycle), RowPrefix, cancel);

    /// <summary>A commitment has one from its first nota, or its first decision, on.</summary>
    public Task<Stored<CommitmentCase>?> FindCaseAsync(Cycle cycle, string number, CancellationToken cancel) =>
        Document.FindAsync<CommitmentCase>(storage.Table(Tables.Requests), PartitionOf(cycle), CaseRowOf(number), cancel);

    public Task<IReadOnlyList<CommitmentCase>> ListCasesAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<CommitmentCase>(storage.Table(Tables.Requests), PartitionOf(cycle), CasePrefix, cancel);

    internal static string CaseRowOf(string number) => CasePrefix + number;

    internal static string PartitionOf(Cycle cycle) => NotaBookStore.PartitionOf(cycle);

    internal static string RowOf(int round) => RowPrefix + round.ToString("D3", CultureInfo.InvariantCulture);
}
