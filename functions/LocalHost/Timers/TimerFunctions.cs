using Azure;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Settings;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Timers;

/// <summary>Runs timer functions by their NCRONTAB schedules in UTC, one run of each at a time.</summary>
internal sealed class TimerFunctions(
    FunctionCatalog catalog, Invoker invoker, LocalTable table, TimeProvider clock, Options options, ILogger<TimerFunctions> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly List<LocalTimer> timers = [.. catalog.With<TimerTriggerAttribute>().Select(found => new LocalTimer(found.Function, found.Trigger))];

    public IReadOnlyList<LocalTimer> All => timers;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Keeps the schedules still while the clock is set forward.</summary>
    public async Task TakeTurnAsync(CancellationToken cancel)
    {
        var taken = 0;
        try
        {
            for (; taken < timers.Count; taken++)
            {
                await timers[taken].Turn.WaitAsync(cancel);
            }
        }
        catch
        {
            timers.Take(taken).ToList().ForEach(timer => timer.Turn.Release());
            throw;
        }
    }

    public void GiveTurnBack() => timers.ForEach(timer => timer.Turn.Release());

    /// <summary>For the holder of the turn.</summary>
    public async Task RunDueAsync(Func<LocalTimer, bool> which)
    {
        foreach (var timer in timers.Where(timer => which(timer) && timer.Next <= Now))
        {
            await RunAsync(timer);
        }
    }

    public async Task RunNowAsync(LocalTimer timer, CancellationToken cancel)
    {
        await timer.Turn.WaitAsync(cancel);
        try
        {
            await RunAsync(timer, evenIfNotDue: true);
        }
        finally
        {
            timer.Turn.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var rows = (await table.ListAsync(LocalTimer.RowPrefix, cancellationToken)).ToDictionary(row => row.RowKey);
        foreach (var timer in timers)
        {
            var row = rows.GetValueOrDefault(LocalTimer.RowPrefix + timer.Function.Name);
            if (row?.GetString("Owner") is not null && options is { Join: null, Service: false })
            {
                // Storage of our own: whoever held the lease was killed.
                row.Remove("Owner");
                await table.PutAsync(row, cancellationToken);
            }
            timer.Load(row, Now);
            if (row is null)
            {
                // As the runtime does: without it, a first occurrence that is missed would not be known.
                await table.TryPutAsync(timer.Status());
            }
        }
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(timers.Select(timer => Task.Run(() => KeepScheduleAsync(timer, stoppingToken), CancellationToken.None)));

    private async Task KeepScheduleAsync(LocalTimer timer, CancellationToken stop)
    {
        var (missed, startup) = (timer.Next <= Now, timer.Trigger.RunOnStartup);
        while (!stop.IsCancellationRequested)
        {
            var pause = Tick;
            await timer.Turn.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }
            try
            {
                // While the first instance sets the clock forward, it is the one to run what is due.
                if ((timer.Next <= Now || startup) && clock is not VirtualClock { IsHeld: true })
                {
                    startup = !await RunAsync(timer, missed, startup) && startup;
                    missed = missed && timer.Next <= Now;
                }
            }
            catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException)
            {
                log.LogWarning("The status of {Timer} could not be stored: it may run again.", timer.Function.Name);
                pause = AfterTrouble;
            }
            finally
            {
                timer.Turn.Release();
            }
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False where another instance runs it or has run it.</returns>
    private async Task<bool> RunAsync(LocalTimer timer, bool late = false, bool evenIfNotDue = false)
    {
        if (await timer.TryTakeAsync(table, owner, Now, evenIfNotDue) is not { } lease)
        {
            return false;
        }
        using var done = new CancellationTokenSource();
        var keeping = lease.KeepAsync(done.Token);
        try
        {
            var info = new TimerInfo { IsPastDue = late, ScheduleStatus = new ScheduleStatus { Last = timer.Last, Next = timer.Next, LastUpdated = timer.Last } };
            await invoker.InvokeAsync(timer.Function, null, (_, _) => info, invoker.GivingUp);
        }
        catch (OperationCanceledException) when (invoker.GivingUp.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Timer} failed; its schedule goes on.", timer.Function.Name);
        }
        finally
        {
            await done.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await timer.RecordRunAsync(table, Now);
        return true;
    }
}
