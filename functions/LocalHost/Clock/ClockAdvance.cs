using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Join;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost.Clock;

/// <summary>
/// Sets the clock forward as if the time had passed: it stops where a daily timer is due, runs it, runs shorter
/// timers once, and waits with time held until the queues are empty and the events of mails are told.
/// </summary>
internal sealed class ClockAdvance(
    VirtualClock clock, TimerFunctions timers, QueuePump queues, EventPost events, JoinedInstances joined, ClockStore store, IHostApplicationLifetime lifetime, ILogger<ClockAdvance> log)
{
    private const int QuietChecks = 3;
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(1);

    /// <summary>False where the clock would go back. It ends early when the host stops, and goes on from there.</summary>
    /// <param name="from">The time to go to, given the time that it is.</param>
    public async Task<bool> ToAsync(Func<DateTimeOffset, DateTimeOffset> from, CancellationToken cancel)
    {
        await timers.TakeTurnAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            var target = from(now);
            if (target < now)
            {
                return false;
            }
            clock.HoldAt(now);
            await joined.FollowAsync();
            await OthersTimersAsync();
            // Messages that wait for a later try may wait for long: they hold up one advance, not each of its stops.
            var patience = LongestDrain;
            // Whoever asked for the advance may have left work that is about to set out.
            var mayBeBusy = true;
            DateTimeOffset stop;
            do
            {
                stop = NextStop(target);
                clock.HoldAt(stop);
                var taken = (queues.InHand + await joined.FollowAsync()).Taken;
                await timers.RunDueAsync(timer => timer.IsDailyOrLonger);
                await timers.RunDueAsync(timer => !timer.IsDailyOrLonger);
                patience -= await DrainAsync(stop, patience, others => mayBeBusy || (queues.InHand + others).Taken > taken);
                mayBeBusy = false;
                await store.SaveAsync(cancel: CancellationToken.None);
            }
            while (stop < target && !lifetime.ApplicationStopping.IsCancellationRequested);
            return true;
        }
        finally
        {
            clock.Resume();
            await joined.FollowAsync();
            timers.GiveTurnBack();
        }
    }

    /// <summary>With the clock held they begin none: what is in hand ends, and gives its lease back.</summary>
    private async Task OthersTimersAsync()
    {
        for (var since = TimeProvider.System.GetTimestamp(); (await joined.FollowAsync()).Running > 0 && TimeProvider.System.GetElapsedTime(since) < LongestDrain;)
        {
            await Task.Delay(BetweenChecks);
        }
    }

    private DateTimeOffset NextStop(DateTimeOffset target)
    {
        var now = clock.GetUtcNow();
        var due = timers.All.Where(timer => timer.IsDailyOrLonger && timer.Next <= target.UtcDateTime)
            .Select(timer => new DateTimeOffset(timer.Next)).DefaultIfEmpty(target).Min();
        return due > now ? due : now;
    }

    /// <param name="isBusy">A message was taken: what it did may set out a moment later, and one look at the queues is not enough.</param>
    /// <returns>How long it took.</returns>
    private async Task<TimeSpan> DrainAsync(DateTimeOffset time, TimeSpan patience, Func<WorkInHand, bool> isBusy)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; !lifetime.ApplicationStopping.IsCancellationRequested;)
        {
            var others = await joined.FollowAsync();
            quiet = others.Running == 0 && events.IsQuiet && await queues.IsQuietAsync(CancellationToken.None) && events.IsQuiet && await joined.FollowAsync() == others ? quiet + 1 : 0;
            if (quiet >= QuietChecks || (quiet > 0 && !isBusy(others)))
            {
                break;
            }
            await Task.Delay(BetweenChecks);
            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                log.LogWarning("Messages still wait for another try at {Time}; the clock goes on.", time);
                break;
            }
        }
        return TimeProvider.System.GetElapsedTime(started);
    }
}
