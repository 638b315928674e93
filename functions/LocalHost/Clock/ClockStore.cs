using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;

namespace OpenGov.LocalHost.Clock;

/// <summary>Keeps the clock with the data, so that a restart goes on where it was.</summary>
internal sealed class ClockStore(LocalTable table, VirtualClock clock) : BackgroundService
{
    private const string Row = "clock";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static DateTimeOffset? Read(LocalTable table) =>
        table.Find(Row) is { } stored ? stored.GetDateTimeOffset("Now") : null;

    public Task SaveAsync() => table.PutAsync(new TableEntity(LocalTable.Partition, Row) { ["Now"] = clock.GetUtcNow() });

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SaveAsync();
            }
            catch (Azure.RequestFailedException)
            {
                // The next save will tell the time as well.
            }
        }
    }
}
