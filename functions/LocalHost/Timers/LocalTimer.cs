using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using NCrontab;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Timers;

/// <summary>A timer function, its schedule, and what is stored of it: when it ran, and who runs it now.</summary>
internal sealed class LocalTimer
{
    public const string RowPrefix = "timer!";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private readonly CrontabSchedule schedule;

    public LocalTimer(LocalFunction function, TimerTriggerAttribute trigger)
    {
        (Function, Trigger) = (function, trigger);
        schedule = CrontabSchedule.TryParse(trigger.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw new StartException($"Timer {function.Name} has no NCRONTAB schedule of six fields: {trigger.Schedule}");
    }

    public LocalFunction Function { get; }
    public TimerTriggerAttribute Trigger { get; }

    /// <summary>One run at a time; whoever sets the clock forward holds it too.</summary>
    public SemaphoreSlim Turn { get; } = new(1);
    public DateTime Last { get; private set; }
    public DateTime Next { get; private set; } = DateTime.MaxValue;

    public bool IsDailyOrLonger
    {
        get
        {
            var once = After(DateTime.UnixEpoch);
            return After(once) - once >= TimeSpan.FromDays(1);
        }
    }

    private string Row => RowPrefix + Function.Name;

    public DateTime After(DateTime time) => DateTime.SpecifyKind(schedule.GetNextOccurrence(time), DateTimeKind.Utc);

    public void Load(TableEntity? stored, DateTime now)
    {
        Last = stored?.GetDateTime("Last") ?? default;
        // A stored time of another schedule, from before a change of the code, says nothing.
        Next = stored?.GetDateTime("Next") is { } next && stored.GetString("Schedule") == Trigger.Schedule ? next : After(now);
    }

    public async Task<TimerLease?> TryTakeAsync(LocalTable table, string owner, DateTime now, bool evenIfNotDue)
    {
        var row = await table.FindAsync(Row) ?? new TableEntity(LocalTable.Partition, Row);
        if (row.GetString("Owner") is { Length: > 0 } other && other != owner && row.GetDateTimeOffset("LeasedUntil") > DateTimeOffset.UtcNow)
        {
            return null;
        }
        if (row.GetDateTime("Next") is not null)
        {
            Load(row, now);
        }
        if (Next > now && !evenIfNotDue)
        {
            return null;
        }
        var lease = new TimerLease(table, row, owner, Lease);
        return await lease.ExtendAsync() ? lease : null;
    }

    /// <summary>After the run, so that a crash repeats it.</summary>
    public Task RecordRunAsync(LocalTable table, DateTime now)
    {
        (Last, Next) = (now, After(now));
        return table.PutAsync(Status());
    }

    public TableEntity Status() => new(LocalTable.Partition, Row) { ["Last"] = Last == default ? null : Last, ["Next"] = Next, ["Schedule"] = Trigger.Schedule };
}

/// <summary>The right to run a timer among the instances that share its storage, kept for as long as it runs.</summary>
internal sealed class TimerLease(LocalTable table, TableEntity row, string owner, TimeSpan length)
{
    public async Task<bool> ExtendAsync()
    {
        // Leases are real time, whatever the virtual clock shows.
        (row["Owner"], row["LeasedUntil"]) = (owner, DateTimeOffset.UtcNow + length);
        if (!await table.TryPutAsync(row))
        {
            return false;
        }
        row = await table.FindAsync(row.RowKey) ?? row;
        return true;
    }

    public async Task KeepAsync(CancellationToken done)
    {
        while (true)
        {
            await Task.Delay(length / 3, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested || !await ExtendAsync())
            {
                return;
            }
        }
    }
}
