using System.Security.Cryptography;
using System.Text.Json;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Storage;

/// <summary>What became of a change that staff asked for.</summary>
public abstract record Edited<T> where T : class
{
    /// <summary>Also where it was so already: the same sent again.</summary>
    public sealed record Done(T Record) : Edited<T>;

    public sealed record Unknown : Edited<T>;

    /// <summary>It changed since it was looked at: nothing was done.</summary>
    public sealed record Overtaken : Edited<T>;

    public sealed record Invalid(IReadOnlyList<Fault> Faults) : Edited<T>;
}

public sealed record RowPlace(string Table, string Partition, string Row);

/// <summary>Changes a row that staff see on a page. Who acts on another state of it than he saw changes nothing.</summary>
public sealed class Editing(StorageClients storage, Ledger ledger)
{
    private const int MostTries = 8;

    /// <param name="seen">The state that was looked at (<see cref="SeenOf"/>); null where none is claimed.</param>
    /// <param name="check">What is wrong with the change, on the row as it is.</param>
    /// <param name="follow">Adds the event and the effects to the transaction, given the row before and after.</param>
    public async Task<Edited<T>> RunAsync<T>(
        RowPlace place, string? seen, Func<T, IReadOnlyList<Fault>> check, Func<T, T> change, Action<Change, T, T> follow, CancellationToken cancel) where T : class
    {
        for (var tries = 1; ; tries++)
        {
            if (await FindAsync<T>(place, cancel) is not { Record: var before } stored)
            {
                return new Edited<T>.Unknown();
            }
            if (check(before) is { Count: > 0 } faults)
            {
                return new Edited<T>.Invalid(faults);
            }
            var after = change(before);
            if (SeenOf(after) == SeenOf(before))
            {
                return new Edited<T>.Done(before);
            }
            if (seen is not null && seen != SeenOf(before))
            {
                return new Edited<T>.Overtaken();
            }
            var commit = new Change(place.Table, place.Partition).Replace(place.Row, after, stored.ETag);
            follow(commit, before, after);
            if (await ledger.CommitAsync(commit, cancel) == CommitResult.Committed)
            {
                return new Edited<T>.Done(after);
            }
            var now = await FindAsync<T>(place, cancel);
            // The answer to a commit that succeeded may be lost, and its retry refused.
            if (now is not null && SeenOf(now.Record) == SeenOf(after))
            {
                return new Edited<T>.Done(now.Record);
            }
            // What leans on the row writes it as it was: nothing that was seen has changed.
            if (now is null || SeenOf(now.Record) != SeenOf(before) || tries == MostTries)
            {
                return new Edited<T>.Overtaken();
            }
        }
    }

    /// <summary>What a form remembers of the state that it shows.</summary>
    public static string SeenOf<T>(T record) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(record, Json.Options)))[..16];

    private Task<Stored<T>?> FindAsync<T>(RowPlace place, CancellationToken cancel) where T : class =>
        Document.FindAsync<T>(storage.Table(place.Table), place.Partition, place.Row, cancel);
}
