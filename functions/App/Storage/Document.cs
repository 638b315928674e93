using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace OpenGov.Functions.Storage;

/// <summary>
/// A row that holds one record as JSON. A string property holds at most 32 Ki characters, so a longer record is
/// cut over several properties (at most 15: Table Storage refuses a row over 1 MiB).
/// </summary>
public static class Document
{
    private const string Schema = "Schema";
    private const int CharactersPerProperty = 32_000;

    /// <summary>
    /// Raised when a record is no longer read as it was written before; whoever raises it teaches <see cref="Read"/> the
    /// older form. A property that is added with a default needs no new version.
    /// </summary>
    internal const int SchemaVersion = 1;

    public static TableEntity Of<T>(string partition, string row, T record)
    {
        var entity = new TableEntity(partition, row) { [Schema] = SchemaVersion };
        var json = JsonSerializer.Serialize(record, Json.Options);
        for (var (start, part) = (0, 0); start < json.Length; start += CharactersPerProperty, part++)
        {
            entity[$"Json{part}"] = json.Substring(start, Math.Min(CharactersPerProperty, json.Length - start));
        }
        return entity;
    }

    /// <exception cref="InvalidOperationException">The row is a newer version's: one that is being rolled back must not guess at it.</exception>
    public static T Read<T>(TableEntity entity)
    {
        if (entity.GetInt32(Schema) is > SchemaVersion and var newer)
        {
            throw new InvalidOperationException($"Row {entity.RowKey} of {typeof(T).Name} was written by a newer version (schema {newer}; this one reads up to {SchemaVersion}).");
        }
        var json = entity.GetString("Json0");
        for (var part = 1; entity.TryGetValue($"Json{part}", out var more); part++)
        {
            json += (string)more;
        }
        return JsonSerializer.Deserialize<T>(json, Json.Options)!;
    }

    /// <summary>The record and the ETag under which it was read, or null where there is no such row.</summary>
    public static async Task<Stored<T>?> FindAsync<T>(TableClient table, string partition, string row, CancellationToken cancel) where T : class
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancel);
        return found.HasValue ? new Stored<T>(Read<T>(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>The records of one partition whose RowKey begins with <paramref name="rowPrefix"/>, in RowKey order.</summary>
    public static async IAsyncEnumerable<Stored<T>> ListAsync<T>(
        TableClient table, string partition, string rowPrefix,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel) where T : class
    {
        await foreach (var entity in table.QueryAsync<TableEntity>(RowsWithPrefix(partition, rowPrefix), cancellationToken: cancel))
        {
            yield return new Stored<T>(Read<T>(entity), entity.ETag);
        }
    }

    /// <summary>All records of one partition whose RowKey begins with <paramref name="rowPrefix"/>, in RowKey order.</summary>
    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(TableClient table, string partition, string rowPrefix, CancellationToken cancel) where T : class =>
        await ListAsync<T>(table, partition, rowPrefix, cancel).Select(stored => stored.Record).ToListAsync(cancel);

    public static string RowsWithPrefix(string partition, string rowPrefix) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {rowPrefix} and RowKey lt {rowPrefix + "~"}");
}

public sealed record Stored<T>(T Record, ETag ETag) where T : class;
