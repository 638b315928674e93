using NodaTime;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>Loads the cycle's file into an empty store, once; from then on the store rules.</summary>
public sealed class CycleSeed(CurrentCycle cycles, Ledger ledger, IConfiguration configuration, TimeProvider clock) : ISeed
{
    public async Task PlantAsync(CancellationToken cancel)
    {
        if (await cycles.FindAsync(cancel) is not null)
        {
            return;
        }
        var file = configuration["Cycle:File"] ?? throw new InvalidSettingException("Cycle__File", "is missing");
        var cycle = CycleFile.Read(file, Instant.FromDateTimeOffset(clock.GetUtcNow()));
        // Another instance that starts now may be first: its cycle stands.
        await ledger.CommitAsync(
            new Change(Tables.Cycles, CycleRow.Partition).Add(CycleRow.Current, cycle).Record(OfficialEvent.Of("cycle-loaded", cycle.Id, new { cycle.Version })), cancel);
    }
}
