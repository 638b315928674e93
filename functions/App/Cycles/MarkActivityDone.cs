using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

public enum MarkResult
{
    Marked,
    AlreadySo,
    UnknownActivity,
    TryAgain,

    /// <summary>Something is lacking without which it cannot be done.</summary>
    Lacking,
}

/// <summary>Staff say that an activity is done, or take it back. Saying it twice changes nothing.</summary>
public sealed class MarkActivityDone(CurrentCycle current, ActivityChecks checks, Ledger ledger, TimeProvider clock)
{
    private const int Tries = 4;

    /// <param name="by">The member of staff, for the record.</param>
    public Task<MarkResult> DoneAsync(string key, string by, CancellationToken cancel) => ChangeAsync(key, done: true, by, cancel);

    /// <param name="by">The member of staff, for the record.</param>
    public Task<MarkResult> UndoAsync(string key, string by, CancellationToken cancel) => ChangeAsync(key, done: false, by, cancel);

    /// <summary>The cycle with the activity so marked, or null where it is so already.</summary>
    internal static Cycle? With(Cycle cycle, string key, LocalDate? done) =>
        cycle.Activity(key).Done.HasValue == done.HasValue ? null : cycle with
        {
            Activities = Marked(cycle.Activities, key, done),
            Deadlines = Marked(cycle.Deadlines, key, done),
        };

    private static IReadOnlyList<Activity> Marked(IEnumerable<Activity> dated, string key, LocalDate? done) =>
        [.. dated.Select(activity => activity.Key == key ? activity with { Done = done } : activity)];

    private async Task<MarkResult> ChangeAsync(string key, bool done, string by, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var stored = await current.FindAsync(cancel) ?? throw new InvalidOperationException("No cycle is loaded.");
            var cycle = stored.Record;
            if (cycle.Dated.All(activity => activity.Key != key))
            {
                return MarkResult.UnknownActivity;
            }
            if (done && cycle.Activity(key).Done is null && (await checks.LackingAsync(cycle, key, cancel)).Any(lack => lack.Blocks))
            {
                return MarkResult.Lacking;
            }
            var now = clock.GetCurrentInstant();
            if (With(cycle, key, done ? cycle.DateOf(now) : null) is not { } changed)
            {
                current.Forget();
                return attempt == 0 ? MarkResult.AlreadySo : MarkResult.Marked;
            }
            var change = new Change(Tables.Cycles, CycleRow.Partition)
                .Replace(CycleRow.Current, changed, stored.ETag)
                .Record(OfficialEvent.Of(done ? "activity-done" : "activity-reopened", key, new { cycle = cycle.Id, on = cycle.DateOf(now) }, by));
            if (!done)
            {
                change.Then(CycleChanged.Of(changed, now));
            }
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                current.Forget();
                return MarkResult.Marked;
            }
        }
        return MarkResult.TryAgain;
    }
}
