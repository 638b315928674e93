using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals.Channels;

public sealed class ChannelStore
{
    internal const string RowPrefix = "C!";
    private readonly StorageClients storage;
    private readonly Recent<IReadOnlyList<Channel>> recent;

    public ChannelStore(StorageClients storage, CurrentCycle cycles)
    {
        this.storage = storage;
        recent = new Recent<IReadOnlyList<Channel>>(async cancel => await ReadAsync(await cycles.GetAsync(cancel), cancel));
    }

    /// <summary>From a copy a few seconds old; null for what is no code of a channel.</summary>
    public async Task<Channel?> FindAsync(string? code, CancellationToken cancel) =>
        Channel.IsCode(code) ? (await recent.GetAsync(cancel)).FirstOrDefault(channel => channel.Code == code) : null;

    /// <summary>The latest first; from a copy a few seconds old.</summary>
    public async Task<IReadOnlyList<Channel>> ListAsync(CancellationToken cancel) =>
        [.. (await recent.GetAsync(cancel)).OrderByDescending(channel => channel.DefinedAt).ThenBy(channel => channel.Code, StringComparer.Ordinal)];

    internal Task<IReadOnlyList<Channel>> ReadAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<Channel>(storage.Table(Tables.Channels), PartitionOf(cycle), RowPrefix, cancel);

    internal void Forget() => recent.Forget();

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!C";

    internal static string RowOf(string code) => RowPrefix + code;
}
