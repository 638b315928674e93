using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Meetings;

public sealed class MeetingStore(StorageClients storage)
{
    private const string RowPrefix = "R!";

    public async Task<Meeting?> FindAsync(Cycle cycle, string code, CancellationToken cancel) => (await FindStoredAsync(cycle, code, cancel))?.Record;

    /// <summary>With its ETag, for what leans on it.</summary>
    internal Task<Stored<Meeting>?> FindStoredAsync(Cycle cycle, string code, CancellationToken cancel) =>
        Document.FindAsync<Meeting>(storage.Table(Tables.Meetings), PartitionOf(cycle), RowOf(code), cancel);

    /// <summary>By code.</summary>
    public Task<IReadOnlyList<Meeting>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<Meeting>(storage.Table(Tables.Meetings), PartitionOf(cycle), RowPrefix, cancel);

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!M";

    internal static string RowOf(string code) => RowPrefix + code;
}

/// <summary>The public pages' copy, a few seconds old.</summary>
public sealed class RecentMeetings(MeetingStore store, CurrentCycle cycles)
{
    private readonly RecentByCycle<IReadOnlyList<Meeting>> recent = new(cycles, store.ListAsync);

    public ValueTask<IReadOnlyList<Meeting>> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    public ValueTask<IReadOnlyList<Meeting>> GetAsync(Cycle cycle, CancellationToken cancel) => recent.GetAsync(cycle, cancel);

    public void Forget() => recent.Forget();
}
