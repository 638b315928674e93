using System.Security.Cryptography;
using System.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Subscriptions;

public sealed class SubscriptionStore(StorageClients storage)
{
    private const string RowPrefix = "S!";

    public Task<Stored<Subscription>?> FindAsync(Cycle cycle, string id, CancellationToken cancel) =>
        Document.FindAsync<Subscription>(storage.Table(Tables.Subscriptions), PartitionOf(cycle), RowOf(id), cancel);

    public IAsyncEnumerable<Stored<Subscription>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ListAsync<Subscription>(storage.Table(Tables.Subscriptions), PartitionOf(cycle), RowPrefix, cancel);

    /// <summary>Those on the contact list: the mailbox confirmed that it wants invitations.</summary>
    public async Task<IReadOnlyList<Subscription>> ContactsAsync(Cycle cycle, CancellationToken cancel) =>
        await ListAsync(cycle, cancel).Select(stored => stored.Record).Where(subscription => subscription.Contact?.ConfirmedAt is not null).ToListAsync(cancel);

    internal static string IdOf(string mailbox) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mailbox.Trim().ToUpperInvariant())))[..32];

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!S";

    internal static string RowOf(string id) => RowPrefix + id;
}
