using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals;

public sealed class ProposalStore(StorageClients storage)
{
    internal const string RowPrefix = "P!";

    public async Task<Proposal?> FindAsync(Cycle cycle, string code, CancellationToken cancel) => (await FindStoredAsync(cycle, code, cancel))?.Record;

    /// <summary>With its ETag, for a change to it.</summary>
    internal Task<Stored<Proposal>?> FindStoredAsync(Cycle cycle, string code, CancellationToken cancel) =>
        Document.FindAsync<Proposal>(storage.Table(Tables.Proposals), PartitionOf(cycle, code), RowOf(code), cancel);

    public async Task<IReadOnlyList<Proposal>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, cycle.Lanes).Select(lane =>
            Document.ReadAllAsync<Proposal>(storage.Table(Tables.Proposals), Partition(cycle, lane), RowPrefix, cancel)));
        return [.. lanes.SelectMany(lane => lane)];
    }

    internal static string PartitionOf(Cycle cycle, string code) =>
        Partition(cycle, SHA256.HashData(Encoding.ASCII.GetBytes(code))[0] % cycle.Lanes);

    internal static string RowOf(string code) => RowPrefix + code;

    private static string Partition(Cycle cycle, int lane) => $"{cycle.Id}!P{lane.ToString(CultureInfo.InvariantCulture)}";
}
