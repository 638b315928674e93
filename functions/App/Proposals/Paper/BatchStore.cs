using Azure;
using Azure.Data.Tables;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>
/// A batch is its header, the rows of the file in chunks, and above them each row that somebody changed. All of a
/// cycle's batches are in one partition: a change of rows and of the header is one transaction.
/// </summary>
public sealed class BatchStore(StorageClients storage, Ledger ledger)
{
    private const int ChunkCharacters = 150_000;
    private const int CodesInChunk = 300;
    private const int DeletedAtOnce = 100;
    private readonly TableClient table = storage.Table(Tables.PaperBatches);

    public Task<Stored<PaperBatch>?> FindAsync(Cycle cycle, string id, CancellationToken cancel) =>
        Document.FindAsync<PaperBatch>(table, PartitionOf(cycle), HeaderOf(id), cancel);

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<PaperBatch>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        [.. (await Document.ReadAllAsync<PaperBatch>(table, PartitionOf(cycle), "B!", cancel)).OrderByDescending(batch => batch.CreatedAt)];

    /// <summary>The rows as they are now, in the order of the file.</summary>
    public async Task<IReadOnlyList<PaperRow>> RowsAsync(Cycle cycle, string id, CancellationToken cancel)
    {
        var chunks = await Document.ReadAllAsync<Chunk<PaperRow>>(table, PartitionOf(cycle), $"R!{id}!", cancel);
        var changed = (await Document.ReadAllAsync<PaperRow>(table, PartitionOf(cycle), $"X!{id}!", cancel)).ToDictionary(row => row.Number);
        return [.. chunks.SelectMany(chunk => chunk.Items).Select(row => changed.GetValueOrDefault(row.Number, row))];
    }

    public async Task<IReadOnlyList<RegisteredRow>> CodesAsync(Cycle cycle, string id, CancellationToken cancel) =>
        [.. (await Document.ReadAllAsync<Chunk<RegisteredRow>>(table, PartitionOf(cycle), $"K!{id}!", cancel)).SelectMany(chunk => chunk.Items)];

    /// <summary>The header last: a batch that is there is whole. What is there already stays as it is.</summary>
    internal async Task AddAsync(Cycle cycle, PaperBatch batch, IReadOnlyList<PaperRow> rows, CancellationToken cancel)
    {
        await PutAsync(cycle, $"R!{batch.Id}!", Chunks(rows), cancel);
        await ledger.CommitAsync(new Change(Tables.PaperBatches, PartitionOf(cycle)).Add(HeaderOf(batch.Id), batch), cancel);
    }

    /// <summary>Conflict where the header is not as it was read.</summary>
    internal Task<CommitResult> SaveAsync(
        Cycle cycle, PaperBatch batch, ETag asRead, IReadOnlyList<PaperRow> changed, Record.OfficialEvent? @event, CancellationToken cancel)
    {
        var change = new Change(Tables.PaperBatches, PartitionOf(cycle)).Replace(HeaderOf(batch.Id), batch, asRead);
        foreach (var row in changed)
        {
            change.Put($"X!{batch.Id}!{row.Number:D6}", row);
        }
        return ledger.CommitAsync(@event is null ? change : change.Record(@event), cancel);
    }

    internal Task PutCodesAsync(Cycle cycle, string id, IReadOnlyList<RegisteredRow> codes, CancellationToken cancel) =>
        PutAsync(cycle, $"K!{id}!", codes.Chunk(CodesInChunk), cancel);

    internal async Task DeleteAsync(Cycle cycle, string id, CancellationToken cancel)
    {
        await table.DeleteEntityAsync(PartitionOf(cycle), HeaderOf(id), ETag.All, cancel);
        await DeleteRowsAsync(cycle, id, cancel);
    }

    /// <summary>Of drafts that nobody came back to, all; of what was registered, what people wrote on the forms.</summary>
    internal async Task ExpireAsync(Cycle cycle, Instant now, CancellationToken cancel)
    {
        foreach (var batch in (await ListAsync(cycle, cancel)).Where(batch => batch.CreatedAt + PaperBatch.Life < now))
        {
            if (batch.State == BatchState.Draft && batch.Registered == 0)
            {
                await table.DeleteEntityAsync(PartitionOf(cycle), HeaderOf(batch.Id), ETag.All, cancel);
            }
            await DeleteRowsAsync(cycle, batch.Id, cancel);
        }
    }

    private async Task DeleteRowsAsync(Cycle cycle, string id, CancellationToken cancel)
    {
        foreach (var prefix in new[] { $"R!{id}!", $"X!{id}!" })
        {
            var rows = await table.QueryAsync<TableEntity>(
                Document.RowsWithPrefix(PartitionOf(cycle), prefix), select: [nameof(TableEntity.RowKey)], cancellationToken: cancel).Select(row => row.RowKey).ToListAsync(cancel);
            foreach (var some in rows.Chunk(DeletedAtOnce))
            {
                var change = new Change(Tables.PaperBatches, PartitionOf(cycle));
                some.ToList().ForEach(row => change.Delete(row, ETag.All));
                await ledger.CommitAsync(change, cancel);
            }
        }
    }

    private async Task PutAsync<T>(Cycle cycle, string prefix, IEnumerable<T[]> chunks, CancellationToken cancel)
    {
        foreach (var (number, items) in chunks.Index())
        {
            await ledger.CommitAsync(new Change(Tables.PaperBatches, PartitionOf(cycle)).Put($"{prefix}{number:D4}", new Chunk<T>(items)), cancel);
        }
    }

    private static IEnumerable<PaperRow[]> Chunks(IReadOnlyList<PaperRow> rows)
    {
        for (var (from, to) = (0, 0); from < rows.Count; from = to)
        {
            for (var characters = 0; to < rows.Count && (to == from || characters < ChunkCharacters); to++)
            {
                characters += rows[to].Values.Sum(pair => pair.Key.Length + pair.Value.Length + 8);
            }
            yield return [.. rows.Take(from..to)];
        }
    }

    private static string PartitionOf(Cycle cycle) => $"{cycle.Id}!B";

    private static string HeaderOf(string id) => $"B!{id}";

    private sealed record Chunk<T>(IReadOnlyList<T> Items);
}
