using Azure;
using Azure.Data.Tables;

namespace OpenGov.LocalHost.Storage;

/// <summary>The host's own rows in the app's storage: its clock, its timers' status, the mailbox.</summary>
internal sealed class LocalTable(StorageAccount account)
{
    public const string Partition = "host";
    private readonly TableClient table = account.Tables.GetTableClient("localhost");

    public Task CreateAsync(CancellationToken cancel) => table.CreateIfNotExistsAsync(cancel);

    public async Task<TableEntity?> FindAsync(string row, CancellationToken cancel = default) => (await ReadAsync(row, cancel)).Entity;

    /// <summary>The row, and what time it is by the clock of storage: the same that stamps the rows, for every instance.</summary>
    public async Task<(TableEntity? Entity, DateTimeOffset Now)> ReadAsync(string row, CancellationToken cancel = default)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, row, cancellationToken: cancel);
        return (found.HasValue ? found.Value : null, found.GetRawResponse().Headers.Date ?? DateTimeOffset.UtcNow);
    }

    public Task PutAsync(TableEntity entity, CancellationToken cancel = default) => table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancel);

    /// <summary>False where another instance has written the row meanwhile; else the entity bears the ETag under which it stands.</summary>
    public async Task<bool> TryPutAsync(TableEntity entity, CancellationToken cancel = default)
    {
        try
        {
            var written = await (entity.ETag == default ? table.AddEntityAsync(entity, cancel) : table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, cancel));
            entity.ETag = written.Headers.ETag ?? throw new InvalidOperationException("Storage gave no ETag.");
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }

    public async Task<List<TableEntity>> ListAsync(string prefix, CancellationToken cancel = default)
    {
        var found = new List<TableEntity>();
        await foreach (var entity in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {prefix} and RowKey lt {prefix + "~"}"), cancellationToken: cancel))
        {
            found.Add(entity);
        }
        return found;
    }

    public Task DeleteAsync(string row) => table.DeleteEntityAsync(Partition, row);
}
