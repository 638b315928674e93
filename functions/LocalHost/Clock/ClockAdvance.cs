using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost.Clock;

/// <summary>
/// Sets the clock forward as if the time had passed: it stops where a daily timer is due, runs it, runs shorter
/// timers once, and waits with time held until the queues are empty.
/// </summary>
internal sealed class ClockAdvance(VirtualClock clock, TimerFunctions timers, QueuePump queues, ClockStore store, ILogger<ClockAdvance> log)
{
    private const int QuietChecks = 3;
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(1);

    /// <summary>False where the clock would go back.</summary>
    public async Task<bool> ToAsync(DateTimeOffset target, CancellationToken cancel)
    {
        await timers.TakeTurnAsync(cancel);
        try
        {
            if (target < clock.GetUtcNow())
            {
                return false;
            }
            while (timers.All.Where(timer => timer.IsDailyOrLonger).Select(timer => timer.Next).DefaultIfEmpty(DateTime.MaxValue).Min() is var stop
                && stop <= target.UtcDateTime)
            {
                await StopAtAsync(stop > clock.GetUtcNow().UtcDateTime ? new DateTimeOffset(stop) : clock.GetUtcNow());
            }
            await StopAtAsync(target);
            return true;
        }
        finally
        {
            clock.Resume();
            timers.GiveTurnBack();
            await store.SaveAsync();
        }
    }

    private async Task StopAtAsync(DateTimeOffset time)
    {
        clock.HoldAt(time);
        await timers.RunDueAsync(timer => timer.IsDailyOrLonger);
        await timers.RunDueAsync(timer => !timer.IsDailyOrLonger);
        await DrainAsync(time);
    }

    private async Task DrainAsync(DateTimeOffset time)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < QuietChecks;)
        {
            quiet = await queues.IsQuietAsync(CancellationToken.None) ? quiet + 1 : 0;
            await Task.Delay(BetweenChecks);
            if (TimeProvider.System.GetElapsedTime(started) > LongestDrain)
            {
                log.LogWarning("The queues are not empty at {Time}; the clock goes on.", time);
                return;
            }
        }
    }
}
