using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using NCrontab;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Timers;

/// <summary>A timer function, its schedule, and what is stored of it: when it ran, and who runs it now.</summary>
internal sealed class LocalTimer
{
    public const string RowPrefix = "timer!";
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
        Next = stored?.GetDateTime("Next") is { } next && IsOf(stored) ? next : After(now);
    }

    /// <summary>Null where it is not due, or another instance runs it.</summary>
    public async Task<TimerLease?> TryTakeAsync(LocalTable table, TimerLeases leases, DateTime now, bool evenIfNotDue)
    {
        var (stored, storageNow) = await table.ReadAsync(Row);
        var row = stored ?? new TableEntity(LocalTable.Partition, Row);
        var left = TimerLease.OwnerOf(row) is { } other && other != leases.Owner;
        if (left && row.Timestamp + leases.Length > storageNow)
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
        var lease = new TimerLease(table, row, leases, left);
        return await lease.TryTakeAsync() ? lease : null;
    }

    /// <summary>After the run, so that a crash repeats it.</summary>
    /// <returns>False where the lease was lost: what the other instance records stands.</returns>
    public async Task<bool> RecordRunAsync(TimerLease lease, DateTime now)
    {
        var (last, next) = (Last, Next);
        (Last, Next) = (now, After(now));
        if (await lease.EndAsync(Status))
        {
            return true;
        }
        (Last, Next) = (last, next);
        return false;
    }

    /// <summary>A row of another schedule, from before a change of the code, is of no use.</summary>
    public bool IsOf(TableEntity? stored) => stored?.GetString("Schedule") == Trigger.Schedule;

    /// <param name="before">The row in whose place it goes, as it was read; null where there is none.</param>
    public TableEntity Status(TableEntity? before)
    {
        var status = new TableEntity(LocalTable.Partition, Row) { ["Last"] = Last == default ? null : Last, ["Next"] = Next, ["Schedule"] = Trigger.Schedule };
        if (before is not null)
        {
            status.ETag = before.ETag;
        }
        return status;
    }
}
