using Azure;
using Azure.Data.Tables;

namespace OpenGov.LocalHost.Storage;

/// <summary>The host's own rows in the app's storage: its clock, its timers' status, the mailbox.</summary>
internal sealed class LocalTable(StorageAccount account)
{
    public const string Partition = "host";
    private readonly TableClient table = account.Tables.GetTableClient("localhost");

    public Task CreateAsync(CancellationToken cancel) => table.CreateIfNotExistsAsync(cancel);

    public async Task<TableEntity?> FindAsync(string row, CancellationToken cancel = default) =>
        await table.GetEntityIfExistsAsync<TableEntity>(Partition, row, cancellationToken: cancel) is { HasValue: true } found ? found.Value : null;

    public Task PutAsync(TableEntity entity, CancellationToken cancel = default) => table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancel);

    /// <summary>False where another instance has written the row meanwhile.</summary>
    public async Task<bool> TryPutAsync(TableEntity entity)
    {
        try
        {
            await (entity.ETag == default ? table.AddEntityAsync(entity) : table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace));
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
