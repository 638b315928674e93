using Azure.Data.Tables;

namespace OpenGov.LocalHost;

/// <summary>The host's own rows in the app's storage: its clock, its timers' status, the mailbox.</summary>
internal sealed class LocalTable(string connectionString)
{
    public const string Partition = "host";
    private readonly TableClient table = Create(connectionString);

    public TableEntity? Find(string row) =>
        table.GetEntityIfExists<TableEntity>(Partition, row) is { HasValue: true } found ? found.Value : null;

    public Task PutAsync(TableEntity entity) => table.UpsertEntityAsync(entity, TableUpdateMode.Replace);

    public List<TableEntity> List(string prefix) =>
        [.. table.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {prefix} and RowKey lt {prefix + "~"}"))];

    public Task DeleteAsync(string row) => table.DeleteEntityAsync(Partition, row);

    private static TableClient Create(string connectionString)
    {
        var table = new TableServiceClient(connectionString).GetTableClient("localhost");
        table.CreateIfNotExists();
        return table;
    }
}
