using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace OpenGov.Functions.Storage;

/// <summary>A partition and ten minutes in which effects may be waiting.</summary>
public sealed record WorkPlace(string Table, string Partition, string Bucket);

/// <summary>
/// The list of places where effects may wait: a sweep reads this list and not what exists. A place is listed
/// before the first effect is written there. Buckets are of the system's clock, never of the domain's:
/// a clock that is advanced in a rehearsal must not make waiting work look old.
/// </summary>
public sealed class OpenWork(StorageClients storage)
{
    private const string Partition = "open";

    /// <summary>A commit that began in a bucket has long ended when the bucket is closed.</summary>
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<WorkPlace, bool> listedByThisInstance = new();
    private readonly TableClient table = storage.Table(Tables.OpenWork);

    public static string CurrentBucket() => BucketAt(TimeProvider.System.GetUtcNow());

    public async Task EnsureListedAsync(WorkPlace place, CancellationToken cancel)
    {
        if (listedByThisInstance.ContainsKey(place))
        {
            return;
        }
        await table.UpsertEntityAsync(Document.Of(Partition, RowOf(place), place), TableUpdateMode.Replace, cancel);
        listedByThisInstance[place] = true;
    }

    public Task<IReadOnlyList<WorkPlace>> ListAsync(CancellationToken cancel) =>
        Document.ReadAllAsync<WorkPlace>(table, Partition, "", cancel);

    /// <summary>Call when the place was found empty. A bucket that may still be written to stays listed.</summary>
    public async Task CloseIfOldAsync(WorkPlace place, CancellationToken cancel)
    {
        var oldestOpen = BucketAt(TimeProvider.System.GetUtcNow() - LongestCommit);
        if (string.CompareOrdinal(place.Bucket, oldestOpen) < 0)
        {
            await table.DeleteEntityAsync(Partition, RowOf(place), ETag.All, cancel);
            listedByThisInstance.TryRemove(place, out _);
        }
    }

    private static string RowOf(WorkPlace place) => $"{place.Table}!{place.Partition}!{place.Bucket}";

    // The last digit of the minutes is left out: a bucket is ten minutes.
    private static string BucketAt(DateTimeOffset at) => at.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)[..^1];
}
