using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.Storage;

/// <summary>All rows of a service at one moment, a line each, as one version of the code wrote them.</summary>
/// <param name="Now">Panama's time when they were taken.</param>
/// <param name="Figures">What the API counted then, by its address.</param>
internal sealed record DataSet(string Now, IReadOnlyDictionary<string, int> Figures, IReadOnlyList<DataSet.Row> Rows)
{
    private const int AtOnce = 100;
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "OpenGov.Functions.Tests", "Storage", "DataSets");

    /// <param name="Properties">Each with its type in Table Storage.</param>
    internal sealed record Row(string Table, string Partition, string Key, IReadOnlyDictionary<string, Value> Properties);

    internal sealed record Value(string Type, string Text);

    public static string FileOf(int version) => Path.Combine(Folder, $"v{version}.jsonl.gz");

    public static async Task<DataSet> ReadAsync(int version, CancellationToken cancel)
    {
        await using var file = new GZipStream(File.OpenRead(FileOf(version)), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        var head = JsonSerializer.Deserialize<DataSet>((await reader.ReadLineAsync(cancel))!)!;
        var rows = new List<Row>();
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            rows.Add(JsonSerializer.Deserialize<Row>(line)!);
        }
        return head with { Rows = rows };
    }

    public async Task WriteAsync(int version, CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        await using var file = new GZipStream(File.Create(FileOf(version)), CompressionLevel.SmallestSize);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync(JsonSerializer.Serialize(this with { Rows = [] }).AsMemory(), cancel);
        foreach (var row in Rows)
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(row).AsMemory(), cancel);
        }
    }

    public static async Task<IReadOnlyList<Row>> TakeAsync(string connectionString, CancellationToken cancel)
    {
        var rows = new List<Row>();
        foreach (var table in Tables.All)
        {
            await foreach (var entity in new TableClient(connectionString, table).QueryAsync<TableEntity>(cancellationToken: cancel))
            {
                rows.Add(new Row(table, entity.PartitionKey, entity.RowKey, entity.Where(IsOurs).ToDictionary(property => property.Key, property => ValueOf(property.Value))));
            }
        }
        return rows;
    }

    /// <summary>In place of all that is there.</summary>
    public async Task PutAsync(string connectionString, CancellationToken cancel)
    {
        foreach (var table in Tables.All)
        {
            var client = new TableClient(connectionString, table);
            await foreach (var entity in client.QueryAsync<TableEntity>(cancellationToken: cancel))
            {
                await client.DeleteEntityAsync(entity, cancellationToken: cancel);
            }
            foreach (var partition in Rows.Where(row => row.Table == table).GroupBy(row => row.Partition))
            {
                foreach (var rows in partition.Chunk(AtOnce))
                {
                    await client.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, EntityOf(row))), cancel);
                }
            }
        }
    }

    private static bool IsOurs(KeyValuePair<string, object> property) =>
        property is { Value: not null, Key: not (nameof(TableEntity.PartitionKey) or nameof(TableEntity.RowKey) or nameof(TableEntity.Timestamp) or "odata.etag") };

    private static Value ValueOf(object value) => value switch
    {
        string text => new Value("string", text),
        int number => new Value("int", $"{number}"),
        _ => throw new NotSupportedException($"A row has a {value.GetType().Name}: say here how it is kept."),
    };

    private static TableEntity EntityOf(Row row)
    {
        var entity = new TableEntity(row.Partition, row.Key);
        foreach (var (name, value) in row.Properties)
        {
            entity[name] = value.Type == "int" ? int.Parse(value.Text, System.Globalization.CultureInfo.InvariantCulture) : value.Text;
        }
        return entity;
    }
}
