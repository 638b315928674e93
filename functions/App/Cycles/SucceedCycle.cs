using NodaTime.Extensions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Cycles;

/// <summary>What must have ended in a cycle before another takes its place: registered by the feature that knows it.</summary>
public interface ICycleEnd
{
    Task<IReadOnlyList<Fault>> FindAsync(Cycle cycle, CancellationToken cancel);
}

/// <summary>A new cycle takes the place of the current one, which stays readable with all its codes and links.</summary>
public sealed class SucceedCycle(CurrentCycle cycles, IEnumerable<ICycleEnd> ends, Ledger ledger, TimeProvider clock)
{
    public async Task<IReadOnlyList<Fault>> FaultsOfAsync(Cycle next, CancellationToken cancel)
    {
        var known = await cycles.ListAsync(cancel);
        if (known.Any(cycle => cycle.Id == next.Id))
        {
            return [new Fault("file", "IdTaken", next.Id)];
        }
        return [.. (await Task.WhenAll(ends.Select(end => end.FindAsync(known[0], cancel)))).SelectMany(faults => faults)];
    }

    /// <param name="succeeds">The id of the cycle that was current when the member of staff looked.</param>
    public async Task<Edited<Cycle>> RunAsync(Cycle next, string succeeds, string by, CancellationToken cancel)
    {
        var stored = await cycles.FindAsync(cancel) ?? throw new InvalidOperationException("No cycle is loaded.");
        if (stored.Record.Id == next.Id)
        {
            return new Edited<Cycle>.Done(stored.Record);
        }
        if (await FaultsOfAsync(next, cancel) is { Count: > 0 } faults)
        {
            return new Edited<Cycle>.Invalid(faults);
        }
        var now = clock.GetCurrentInstant();
        // Versions go on rising: a notice of the cycle before is one of an older version.
        var loaded = next with { LoadedAt = now, Version = stored.Record.Version + 1 };
        var committed = stored.Record.Id == succeeds && await ledger.CommitAsync(
            new Change(Tables.Cycles, CycleRow.Partition)
                .Replace(CycleRow.Current, loaded, stored.ETag)
                .Put(CycleRow.Past + stored.Record.Id, stored.Record)
                .Record(OfficialEvent.Of("cycle-succeeded", loaded.Id, new { Succeeds = stored.Record.Id, loaded.Version, loaded.Activities, loaded.Deadlines }, by))
                .Then(CycleChanged.Of(loaded, now)),
            cancel) == CommitResult.Committed;
        cycles.Forget();
        return committed ? new Edited<Cycle>.Done(loaded) : new Edited<Cycle>.Overtaken();
    }
}
