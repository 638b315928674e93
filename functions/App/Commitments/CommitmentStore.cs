using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Commitments;

public sealed class CommitmentStore(StorageClients storage)
{
    internal const string RowPrefix = "C!";

    public async Task<CommitmentProposal?> FindAsync(Cycle cycle, string number, CancellationToken cancel) =>
        (await Document.FindAsync<CommitmentProposal>(storage.Table(Tables.Commitments), PartitionOf(cycle), RowOf(number), cancel))?.Record;

    /// <summary>By number.</summary>
    public Task<IReadOnlyList<CommitmentProposal>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<CommitmentProposal>(storage.Table(Tables.Commitments), PartitionOf(cycle), RowPrefix, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!C";

    internal static string RowOf(string number) => RowPrefix + number;
}
