using Azure.Data.Tables;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>The deployment's one current cycle, from a copy at most a few seconds old: accepting a proposal reads no row for it.</summary>
public sealed class CurrentCycle(StorageClients storage)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private readonly TableClient table = storage.Table(Tables.Cycles);
    private readonly SemaphoreSlim reading = new(1);
    private volatile Copy? copy;

    public async ValueTask<Cycle> GetAsync(CancellationToken cancel)
    {
        if (copy is { } known && TimeProvider.System.GetElapsedTime(known.ReadAt) < Fresh)
        {
            return known.Cycle;
        }
        await reading.WaitAsync(cancel);
        try
        {
            if (copy is { } justRead && TimeProvider.System.GetElapsedTime(justRead.ReadAt) < Fresh)
            {
                return justRead.Cycle;
            }
            var stored = await FindAsync(cancel) ?? throw new InvalidOperationException("No cycle is loaded.");
            copy = new Copy(stored.Record, TimeProvider.System.GetTimestamp());
            return stored.Record;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>The stored cycle itself, for a change to it; null before one is loaded.</summary>
    public Task<Stored<Cycle>?> FindAsync(CancellationToken cancel) =>
        Document.FindAsync<Cycle>(table, CycleRow.Partition, CycleRow.Current, cancel);

    /// <summary>After a change of this instance, so that its next page shows it.</summary>
    public void Forget() => copy = null;

    private sealed record Copy(Cycle Cycle, long ReadAt);
}

internal static class CycleRow
{
    public const string Partition = "cycle";
    public const string Current = "C!current";
}
