using Azure;
using Azure.Data.Tables;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Timers;

/// <param name="Length">How long an instance that says nothing more is believed to run its timer.</param>
internal sealed record TimerLeases(TimeSpan Length)
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);

    /// <summary>This instance.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("N");
}

/// <summary>
/// The right to run a timer among the instances that share its storage, kept for as long as it runs. It is counted
/// from the stamp that storage gives the row, by storage's clock: those of the instances may differ.
/// </summary>
/// <param name="afterAnother">Another instance began the run and has fallen silent.</param>
internal sealed class TimerLease(LocalTable table, TableEntity row, TimerLeases leases, bool afterAnother) : IDisposable
{
    private const string Owner = "Owner";
    private readonly CancellationTokenSource lost = new();
    private long kept;

    public bool IsAfterAnother => afterAnother;

    /// <summary>Cancelled when another instance may run the timer: this one's run has to end.</summary>
    public CancellationToken Lost => lost.Token;

    public static string? OwnerOf(TableEntity row) => row.GetString(Owner) is { Length: > 0 } owner ? owner : null;

    public async Task<bool> TryTakeAsync()
    {
        kept = TimeProvider.System.GetTimestamp();
        row[Owner] = leases.Owner;
        return await WriteAsync(CancellationToken.None);
    }

    /// <summary>Extends the lease until <paramref name="done"/>. Storage that does not answer for a while takes it from nobody before it lapses.</summary>
    public async Task KeepAsync(CancellationToken done)
    {
        while (true)
        {
            await Task.Delay(leases.Length / 3, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
            {
                return;
            }
            var at = TimeProvider.System.GetTimestamp();
            if (await TryExtendAsync() is not { } extended)
            {
                continue;
            }
            if (!extended)
            {
                await lost.CancelAsync();
                return;
            }
            kept = at;
        }
    }

    /// <param name="status">What goes in the place of the row.</param>
    /// <returns>False where the lease was lost.</returns>
    public Task<bool> EndAsync(Func<TableEntity, TableEntity> status) => table.TryPutAsync(status(row));

    /// <summary>Leaves the run to whoever comes first.</summary>
    public async Task GiveBackAsync()
    {
        row.Remove(Owner);
        try
        {
            await table.TryPutAsync(row);
        }
        catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException)
        {
            // It lapses by itself.
        }
    }

    public void Dispose() => lost.Dispose();

    /// <summary>Null where it is not known.</summary>
    private async Task<bool?> TryExtendAsync()
    {
        var left = leases.Length - TimeProvider.System.GetElapsedTime(kept);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }
        using var patience = new CancellationTokenSource(left);
        try
        {
            return await WriteAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException)
        {
            return null;
        }
    }

    private async Task<bool> WriteAsync(CancellationToken cancel)
    {
        if (await table.TryPutAsync(row, cancel))
        {
            return true;
        }
        // The answer to our own write may have been lost, and its retry refused.
        if (await table.FindAsync(row.RowKey, cancel) is not { } stands || OwnerOf(stands) != leases.Owner)
        {
            return false;
        }
        row.ETag = stands.ETag;
        return true;
    }
}
