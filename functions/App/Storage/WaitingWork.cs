using System.Net;
using Azure;
using Azure.Data.Tables;

namespace OpenGov.Functions.Storage;

/// <param name="Oldest">How long the oldest effect has waited, by the system's clock; zero where none waits.</param>
/// <param name="Poison">Messages that failed too often, by queue.</param>
public sealed record WorkReport(TimeSpan Oldest, IReadOnlyDictionary<string, int> Poison)
{
    public int Poisoned => Poison.Values.Sum();
}

/// <summary>
/// What waits to be done, and what was put aside as it could not be. It reads the places where work may wait, and
/// looks again after a few seconds only: anyone may ask.
/// </summary>
public sealed class WaitingWork
{
    internal const string PoisonSuffix = "-poison";
    private const int FreshSeconds = 2;
    private readonly StorageClients storage;
    private readonly OpenWork openWork;
    private readonly Recent<WorkReport> recent;

    public WaitingWork(StorageClients storage, OpenWork openWork)
    {
        (this.storage, this.openWork) = (storage, openWork);
        recent = new Recent<WorkReport>(ReadAsync, FreshSeconds);
    }

    public ValueTask<WorkReport> LookAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    private async Task<WorkReport> ReadAsync(CancellationToken cancel)
    {
        var (oldest, poison) = (OldestAsync(cancel), PoisonAsync(cancel));
        await Task.WhenAll(oldest, poison);
        return new WorkReport(await oldest, await poison);
    }

    private async Task<TimeSpan> OldestAsync(CancellationToken cancel)
    {
        var places = await openWork.ListAsync(cancel);
        var written = await Task.WhenAll(places.Select(async place =>
        {
            // The rows of a place are in the order of their writing: the first is the oldest.
            await foreach (var row in storage.Table(place.Table).QueryAsync<TableEntity>(
                EffectRow.In(place), maxPerPage: 1, cancellationToken: cancel))
            {
                return row.Timestamp;
            }
            return null;
        }));
        var waited = TimeProvider.System.GetUtcNow() - written.Min();
        return waited > TimeSpan.Zero ? waited.Value : TimeSpan.Zero;
    }

    private async Task<IReadOnlyDictionary<string, int>> PoisonAsync(CancellationToken cancel)
    {
        var counts = await Task.WhenAll(Queues.All.Select(queue => CountAsync(queue + PoisonSuffix, cancel)));
        return Queues.All.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>The runtime creates a poison queue with its first message.</summary>
    private async Task<int> CountAsync(string queue, CancellationToken cancel)
    {
        try
        {
            return (await storage.Queue(queue).GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            return 0;
        }
    }
}
