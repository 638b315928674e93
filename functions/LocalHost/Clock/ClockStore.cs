using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using OpenGov.LocalHost.Settings;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Clock;

/// <summary>Keeps the clock with the data, so that a restart goes on where it was: time passes only while running.</summary>
internal sealed class ClockStore(LocalTable table, VirtualClock clock, Options options, TimeZoneInfo zone) : BackgroundService
{
    private const string Row = "clock";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private bool loaded;

    public Task SaveAsync(bool running = true, CancellationToken cancel = default) =>
        table.PutAsync(new TableEntity(LocalTable.Partition, Row) { ["Now"] = clock.GetUtcNow(), ["Running"] = running }, cancel);

    /// <exception cref="StartException">The command line asks for a time before the stored one.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await table.FindAsync(Row, cancellationToken) is { } row)
        {
            var stored = row.GetDateTimeOffset("Now")!.Value;
            // A killed instance may have lived, and stored rows, for as long after its last save.
            stored = row.GetBoolean("Running") == true ? stored + Interval : stored;
            if (options.Now is { } asked && asked < stored)
            {
                throw new StartException($"--now is before {LocalTime.Write(stored, zone)}, where the stored clock is, and it does not go back: name another --storage.");
            }
            clock.SetTo(options.Now ?? stored);
        }
        await SaveAsync(cancel: cancellationToken);
        loaded = true;
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (loaded)
        {
            // Storage that does not answer must not hold up the end.
            await TrySaveAsync(running: false, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TrySaveAsync(running: true, stoppingToken);
        }
    }

    private async Task TrySaveAsync(bool running, CancellationToken cancel)
    {
        try
        {
            await SaveAsync(running, cancel);
        }
        catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException or OperationCanceledException)
        {
            // The next save will tell the time as well.
        }
    }
}
