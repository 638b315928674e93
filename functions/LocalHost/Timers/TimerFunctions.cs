using Azure;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Timers;

/// <summary>Runs timer functions by their NCRONTAB schedules in UTC, one run of each at a time.</summary>
internal sealed class TimerFunctions(
    FunctionCatalog catalog, Invoker invoker, LocalTable table, TimerLeases leases, TimeProvider clock, ILogger<TimerFunctions> log, EmulatorPlan? emulator = null) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WhileAnotherRuns = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly List<LocalTimer> timers = [.. catalog.With<TimerTriggerAttribute>().Select(found => new LocalTimer(found.Function, found.Trigger))];

    private int inHand;

    public IReadOnlyList<LocalTimer> All => timers;

    /// <summary>Those whose clock was looked at and whose run, if it came to one, has not ended.</summary>
    public int InHand => Volatile.Read(ref inHand);

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
            timer.Load(row, Now);
            // As the runtime does: without a row, a first occurrence that is missed would not be known. In an emulator of
            // our own, whoever held the lease was killed.
            if (!timer.IsOf(row) || (emulator is not null && TimerLease.OwnerOf(row!) is not null))
            {
                await table.TryPutAsync(timer.Status(row), cancellationToken);
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
            Interlocked.Increment(ref inHand);
            try
            {
                // While the first instance sets the clock forward, it is the one to run what is due.
                if ((timer.Next <= Now || startup) && clock is not VirtualClock { IsHeld: true })
                {
                    var ran = await RunAsync(timer, missed, startup);
                    startup = !ran && startup;
                    missed = missed && timer.Next <= Now;
                    pause = ran ? Tick : WhileAnotherRuns;
                }
            }
            catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException)
            {
                log.LogWarning("The status of {Timer} could not be stored: it may run again.", timer.Function.Name);
                pause = AfterTrouble;
            }
            catch (Exception unexpected)
            {
                log.LogError(unexpected, "{Timer} could not be run; it is tried again.", timer.Function.Name);
                pause = AfterTrouble;
            }
            finally
            {
                Interlocked.Decrement(ref inHand);
                timer.Turn.Release();
            }
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False where another instance runs it or has run it.</returns>
    private async Task<bool> RunAsync(LocalTimer timer, bool late = false, bool evenIfNotDue = false)
    {
        using var lease = await timer.TryTakeAsync(table, leases, Now, evenIfNotDue);
        if (lease is null)
        {
            return false;
        }
        using var done = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(invoker.GivingUp, lease.Lost);
        var keeping = lease.KeepAsync(done.Token);
        var cut = false;
        try
        {
            var info = new TimerInfo { IsPastDue = late || lease.IsAfterAnother, ScheduleStatus = new ScheduleStatus { Last = timer.Last, Next = timer.Next, LastUpdated = timer.Last } };
            await invoker.InvokeAsync(timer.Function, null, (_, _) => info, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            cut = true;
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
        if (cut)
        {
            await lease.GiveBackAsync();
        }
        else if (!await timer.RecordRunAsync(lease, Now))
        {
            log.LogWarning("{Timer} went over to another instance while it ran.", timer.Function.Name);
        }
        return true;
    }
}
