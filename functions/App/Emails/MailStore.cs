using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

/// <summary>One row per mail, by its identity: the claim on it and what became of it.</summary>
public sealed class MailStore(StorageClients storage)
{
    private readonly TableClient table = storage.Table(Tables.Mails);

    /// <summary>Stands for the mail in logs and at the provider: it tells nothing of a person.</summary>
    public static string IdOf(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32];

    /// <summary>Null where this call made the claim; else what is there.</summary>
    public async Task<Stored<MailState>?> ClaimAsync(string id, string template, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(Document.Of(id, id, new MailState(id, template, MailStatus.Sending, Now())), cancel);
            return null;
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return await Document.FindAsync<MailState>(table, id, id, cancel);
        }
    }

    public Task SettleAsync(string id, string template, MailStatus status, int? providerStatus, CancellationToken cancel) =>
        table.UpsertEntityAsync(Document.Of(id, id, new MailState(id, template, status, Now(), providerStatus)), TableUpdateMode.Replace, cancel);

    /// <summary>The provider did not take it and said so: it may be tried again.</summary>
    public Task ReleaseAsync(string id, CancellationToken cancel) => table.DeleteEntityAsync(id, id, ETag.All, cancel);

    public static Duration Age(MailState state) => Now() - state.ChangedAt;

    private static Instant Now() => SystemClock.Instance.GetCurrentInstant();
}
