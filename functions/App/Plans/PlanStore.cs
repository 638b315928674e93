using System.Globalization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Plans;

/// <summary>A version with its commitments.</summary>
public sealed record PlanText(PlanVersion Version, IReadOnlyList<PlanCommitment> Commitments);

/// <summary>Versions, each with a row for each of its commitments, and the delivery: all in one partition.</summary>
public sealed class PlanStore(StorageClients storage)
{
    private const string VersionPrefix = "N!";
    internal const string DeliveryRow = "D!delivery";

    /// <summary>The first first.</summary>
    public Task<IReadOnlyList<PlanVersion>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<PlanVersion>(storage.Table(Tables.Plans), PartitionOf(cycle), VersionPrefix, cancel);

    public async Task<PlanText?> FindAsync(Cycle cycle, int number, CancellationToken cancel) =>
        (await Document.FindAsync<PlanVersion>(storage.Table(Tables.Plans), PartitionOf(cycle), RowOf(number), cancel))?.Record is { } version
            ? new PlanText(version, await Document.ReadAllAsync<PlanCommitment>(storage.Table(Tables.Plans), PartitionOf(cycle), $"{CommitmentPrefix(number)}!", cancel))
            : null;

    public Task<Stored<Delivery>?> FindDeliveryAsync(Cycle cycle, CancellationToken cancel) =>
        Document.FindAsync<Delivery>(storage.Table(Tables.Plans), PartitionOf(cycle), DeliveryRow, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!N";

    internal static string RowOf(int number) => $"{VersionPrefix}{Digits(number)}";

    internal static string CommitmentRowOf(int number, string commitment) => $"{CommitmentPrefix(number)}!{commitment}";

    private static string CommitmentPrefix(int number) => $"K!{Digits(number)}";

    private static string Digits(int number) => number.ToString("D3", CultureInfo.InvariantCulture);
}

/// <summary>What the public reads of the plan.</summary>
/// <param name="Current">The version that stands: the last that was approved or amended; else the last draft that was circulated. Null before there is one.</param>
public sealed record PlanNow(IReadOnlyList<PlanVersion> Versions, PlanText? Current, Delivery? Delivery);

public sealed class RecentPlan(PlanStore store, CurrentCycle cycles)
{
    private readonly RecentByCycle<PlanNow> recent = new(cycles, (cycle, cancel) => ReadAsync(store, cycle, cancel));

    public ValueTask<PlanNow> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    /// <summary>Of the current cycle, or of one before it.</summary>
    public ValueTask<PlanNow> GetAsync(Cycle cycle, CancellationToken cancel) => recent.GetAsync(cycle, cancel);

    public void Forget() => recent.Forget();

    private static async Task<PlanNow> ReadAsync(PlanStore store, Cycle cycle, CancellationToken cancel)
    {
        var versions = await store.ListAsync(cycle, cancel);
        var standing = versions.LastOrDefault(version => version.Stands) ?? (versions.Count > 0 ? versions[^1] : null);
        return new PlanNow(versions, standing is null ? null : await store.FindAsync(cycle, standing.Number, cancel), (await store.FindDeliveryAsync(cycle, cancel))?.Record);
    }
}
