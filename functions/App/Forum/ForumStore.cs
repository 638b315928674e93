using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Forum;

public sealed class ForumStore(StorageClients storage)
{
    internal const string RowPrefix = "F!";
    internal const string RulesRow = "R!rules";

    /// <summary>By code.</summary>
    public Task<IReadOnlyList<ForumMember>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<ForumMember>(storage.Table(Tables.Forum), PartitionOf(cycle), RowPrefix, cancel);

    /// <summary>Null before they were published.</summary>
    public async Task<ForumRules?> FindRulesAsync(Cycle cycle, CancellationToken cancel) =>
        (await Document.FindAsync<ForumRules>(storage.Table(Tables.Forum), PartitionOf(cycle), RulesRow, cancel))?.Record;

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!F";
}
