using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace OpenGov.LocalHost.Timers;

/// <summary>Runs timer functions by their NCRONTAB schedules in UTC, one run of each at a time.</summary>
internal sealed class TimerFunctions(FunctionCatalog catalog, Invoker invoker, LocalTable table, TimeProvider clock, ILogger<TimerFunctions> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<LocalTimer> timers = [.. catalog.With<TimerTriggerAttribute>().Select(found => new LocalTimer(found.Function, found.Trigger))];

    public IReadOnlyList<LocalTimer> All => timers;

    /// <summary>Keeps the schedules still while the clock is set forward.</summary>
    public Task<bool> TakeTurnAsync(CancellationToken cancel) => turn.WaitAsync(Timeout.InfiniteTimeSpan, cancel);

    public void GiveTurnBack() => turn.Release();

    public async Task RunDueAsync(Func<LocalTimer, bool> which, bool late = false)
    {
        foreach (var timer in timers.Where(timer => which(timer) && timer.Next <= clock.GetUtcNow().UtcDateTime))
        {
            await RunAsync(timer, late);
        }
    }

    public async Task RunAsync(LocalTimer timer, bool late)
    {
        try
        {
            var info = new TimerInfo { IsPastDue = late, ScheduleStatus = new ScheduleStatus { Last = timer.Last, Next = timer.Next, LastUpdated = timer.Last } };
            await invoker.InvokeAsync(timer.Function, null, (_, _) => info, CancellationToken.None);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Timer} failed; its schedule goes on.", timer.Function.Name);
        }
        timer.Last = clock.GetUtcNow().UtcDateTime;
        timer.Next = timer.After(timer.Last);
        // After the run, so that a crash repeats it.
        await table.PutAsync(new TableEntity(LocalTable.Partition, Row(timer)) { ["Last"] = timer.Last, ["Next"] = timer.Next });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var missed = new List<LocalTimer>();
        foreach (var timer in timers)
        {
            var stored = table.Find(Row(timer));
            var now = clock.GetUtcNow().UtcDateTime;
            timer.Last = stored?.GetDateTime("Last") ?? default;
            timer.Next = stored?.GetDateTime("Next") ?? timer.After(now);
            if (timer.Next <= now || timer.Trigger.RunOnStartup)
            {
                missed.Add(timer);
            }
        }
        using var ticks = new PeriodicTimer(Tick);
        do
        {
            await turn.WaitAsync(CancellationToken.None);
            try
            {
                foreach (var timer in missed)
                {
                    await RunAsync(timer, late: true);
                }
                missed.Clear();
                await RunDueAsync(_ => true);
            }
            catch (Azure.RequestFailedException)
            {
                log.LogWarning("A timer's status could not be stored: it may run again.");
            }
            finally
            {
                turn.Release();
            }
            await ((Task)ticks.WaitForNextTickAsync(stoppingToken).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stoppingToken.IsCancellationRequested);
    }

    private static string Row(LocalTimer timer) => $"timer!{timer.Function.Name}";
}

internal sealed class LocalTimer(LocalFunction function, TimerTriggerAttribute trigger)
{
    private readonly CrontabSchedule schedule = CrontabSchedule.Parse(trigger.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });

    public LocalFunction Function { get; } = function;
    public TimerTriggerAttribute Trigger { get; } = trigger;
    public DateTime Last { get; set; }
    public DateTime Next { get; set; } = DateTime.MaxValue;

    public bool IsDailyOrLonger
    {
        get
        {
            var once = After(DateTime.UnixEpoch);
            return After(once) - once >= TimeSpan.FromDays(1);
        }
    }

    public DateTime After(DateTime time) => DateTime.SpecifyKind(schedule.GetNextOccurrence(time), DateTimeKind.Utc);
}
