using System.Text.Json;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Imports;

/// <summary>Where a feature keeps its records, all in one partition, and what the record says when one is imported.</summary>
/// <param name="KeyOf">The record's own part of the RowKey.</param>
/// <param name="EventOf">For the record as it is now and as it was before; null where it is new.</param>
public sealed record ImportPlace<T>(string Table, string Partition, string RowPrefix, Func<T, string> KeyOf, Func<T, T?, OfficialEvent> EventOf)
    where T : class
{
    /// <summary>The record that a row makes of one that is stored: what the row does not speak of is kept.</summary>
    public Func<T, T, T> Onto { get; init; } = (row, _) => row;

    /// <summary>The record's fields as a row would say them: its key, what it is called, and the others.</summary>
    public Func<T, IReadOnlyList<ImportValue>> Values { get; init; } = _ => [];

    /// <summary>What a change means for what was asked: of the record as it is now and as it was.</summary>
    public Func<T, T, OfficeMove> MoveOf { get; init; } = (_, _) => OfficeMove.None;

    /// <summary>Two records that have this field in common are likely to be one; null where none tells.</summary>
    public ImportColumn? TwinBy { get; init; }

    /// <summary>What must follow a transaction's records, as they are now and as they were.</summary>
    public Func<IReadOnlyList<(T Now, T? Before)>, IEnumerable<Effect>> Following { get; init; } = _ => [];
}

/// <summary>
/// Stores records that are new or have changed, each with its event; what is stored so already is left alone, so
/// that a repeated import, or the rest of one that was cut off, does no more than is missing.
/// </summary>
public sealed class ImportWriter(StorageClients storage, Ledger ledger)
{
    private const int MostConflicts = 5;
    private const int MostRows = 40;
    // Table Storage takes 4 MiB in a transaction, and a character may take six bytes on its way there.
    private const int MostCharacters = 400_000;

    /// <summary>In one transaction where they fit, else in several, one after the other.</summary>
    public async Task WriteAsync<T>(ImportPlace<T> place, IReadOnlyList<T> records, CancellationToken cancel) where T : class
    {
        // A conflict after a lost answer leaves less to do; one with another writer may not, and cannot go on for ever.
        for (var (vain, least) = (0, int.MaxValue); vain < MostConflicts;)
        {
            var pending = await PendingAsync(place, records, cancel);
            if (await CommitAsync(place, pending) == CommitResult.Committed)
            {
                return;
            }
            (vain, least) = pending.Count < least ? (0, pending.Count) : (vain + 1, least);
        }
        throw new InvalidOperationException("Imported rows were changed again and again by others.");
    }

    /// <summary>The place's records by their keys.</summary>
    public async Task<IReadOnlyDictionary<string, T>> ReadAsync<T>(ImportPlace<T> place, CancellationToken cancel) where T : class =>
        (await StoredAsync(place, cancel)).ToDictionary(row => row.Key, row => row.Value.Record);

    /// <summary>Whether a record is stored so already.</summary>
    internal static bool IsSame<T>(T now, T before) => JsonOf(now) == JsonOf(before);

    private async Task<Dictionary<string, Stored<T>>> StoredAsync<T>(ImportPlace<T> place, CancellationToken cancel) where T : class
    {
        var stored = new Dictionary<string, Stored<T>>();
        await foreach (var row in Document.ListAsync<T>(storage.Table(place.Table), place.Partition, place.RowPrefix, cancel))
        {
            stored[place.KeyOf(row.Record)] = row;
        }
        return stored;
    }

    private async Task<IReadOnlyList<Pending<T>>> PendingAsync<T>(ImportPlace<T> place, IReadOnlyList<T> records, CancellationToken cancel) where T : class
    {
        var stored = records.Count > 0 ? await StoredAsync(place, cancel) : [];
        return
        [
            .. records.Select(record => stored.GetValueOrDefault(place.KeyOf(record)) is { } before
                    ? new Pending<T>(place.Onto(record, before.Record), before)
                    : new Pending<T>(record, null))
                .Where(row => row.Before is null || JsonOf(row.Before.Record) != row.Json),
        ];
    }

    /// <summary>Not to be cancelled: who closes the page must not leave half a file stored.</summary>
    private async Task<CommitResult> CommitAsync<T>(ImportPlace<T> place, IReadOnlyList<Pending<T>> pending) where T : class
    {
        for (var (from, to) = (0, 0); from < pending.Count; from = to)
        {
            var change = new Change(place.Table, place.Partition);
            for (var characters = 0; to < pending.Count && to - from < MostRows && (to == from || characters + pending[to].Json.Length <= MostCharacters); to++)
            {
                var (record, before) = pending[to];
                var row = place.RowPrefix + place.KeyOf(record);
                (before is null ? change.Add(row, record) : change.Replace(row, record, before.ETag)).Record(place.EventOf(record, before?.Record));
                characters += pending[to].Json.Length;
            }
            change.Then(place.Following([.. pending.Take(from..to).Select(row => (row.Record, row.Before?.Record))]));
            if (await ledger.CommitAsync(change, CancellationToken.None) == CommitResult.Conflict)
            {
                return CommitResult.Conflict;
            }
        }
        return CommitResult.Committed;
    }

    private static string JsonOf<T>(T record) => JsonSerializer.Serialize(record, Json.Options);

    private sealed record Pending<T>(T Record, Stored<T>? Before) where T : class
    {
        public string Json { get; } = JsonOf(Record);
    }
}
