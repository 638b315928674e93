using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>Loads the cycle's file into an empty store, once; from then on the store rules.</summary>
public sealed class CycleSeed(CycleFile file, CurrentCycle current, Ledger ledger, TimeProvider clock) : ISeed
{
    public async Task PlantAsync(CancellationToken cancel)
    {
        if (await current.FindAsync(cancel) is not null)
        {
            return;
        }
        var cycle = file.Cycle with { LoadedAt = clock.GetCurrentInstant(), Version = 1 };
        // A conflict means that another instance was faster: its cycle stands.
        await ledger.CommitAsync(
            new Change(Tables.Cycles, CycleRow.Partition)
                .Add(CycleRow.Current, cycle)
                .Record(OfficialEvent.Of("cycle-loaded", cycle.Id, new { cycle.Version, cycle.Activities, cycle.Deadlines }))
                .Then(CycleChanged.Of(cycle, cycle.LoadedAt)),
            cancel);
    }
}
