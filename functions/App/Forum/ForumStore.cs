using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Forum;

public sealed class ForumStore(StorageClients storage)
{
    internal const string RowPrefix = "F!";

    /// <summary>By code.</summary>
    public Task<IReadOnlyList<ForumMember>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<ForumMember>(storage.Table(Tables.Forum), PartitionOf(cycle), RowPrefix, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!F";
}
