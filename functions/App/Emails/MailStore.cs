using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

/// <summary>One row for every mail that was begun, and one more for those that staff must look at.</summary>
public sealed class MailStore(StorageClients storage)
{
    private const string FlaggedPartition = "flagged";
    private readonly TableClient table = storage.Table(Tables.Mails);

    /// <summary>The name under which a mail is known outside: SendGrid's events carry it.</summary>
    public static string KeyOf(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32];

    /// <summary>The mails whose fate is unknown, and those refused for good.</summary>
    public Task<IReadOnlyList<FlaggedMail>> FlaggedAsync(CancellationToken cancel) =>
        Document.ReadAllAsync<FlaggedMail>(table, FlaggedPartition, "F!", cancel);

    public Task<Stored<Mail>?> FindAsync(string identity, CancellationToken cancel) =>
        Document.FindAsync<Mail>(table, KeyOf(identity), KeyOf(identity), cancel);

    /// <summary>The ETag of the new row, or null where there is one already.</summary>
    internal async Task<ETag?> AddAsync(Mail mail, CancellationToken cancel)
    {
        try
        {
            return (await table.AddEntityAsync(Row(mail), cancel)).Headers.ETag;
        }
        catch (RequestFailedException exists) when (exists.Status == (int)HttpStatusCode.Conflict)
        {
            return null;
        }
    }

    /// <summary>The new ETag, or null where the row is not as it was read.</summary>
    internal async Task<ETag?> ReplaceAsync(Mail mail, ETag asRead, CancellationToken cancel)
    {
        try
        {
            return (await table.UpdateEntityAsync(Row(mail), asRead, TableUpdateMode.Replace, cancel)).Headers.ETag;
        }
        catch (RequestFailedException changed) when (changed.Status == (int)HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
    }

    /// <summary>The flag comes first: a crash in between leaves a mail that is looked at, not one that is forgotten.</summary>
    internal async Task FlagAsync(Mail mail, MailEffect effect, ETag asRead, CancellationToken cancel)
    {
        await table.UpsertEntityAsync(Document.Of(FlaggedPartition, FlagRow(mail.Identity), new FlaggedMail(mail, effect)), TableUpdateMode.Replace, cancel);
        if (await ReplaceAsync(mail, asRead, cancel) is null && await FindAsync(mail.Identity, cancel) is { Record.State: MailState.Sent })
        {
            await UnflagAsync(mail.Identity, cancel);
        }
    }

    /// <summary>Whatever the row says: the mail is known to have been accepted.</summary>
    internal async Task PutSentAsync(Mail mail, CancellationToken cancel)
    {
        await table.UpsertEntityAsync(Row(mail), TableUpdateMode.Replace, cancel);
        await UnflagAsync(mail.Identity, cancel);
    }

    private Task<Response> UnflagAsync(string identity, CancellationToken cancel) =>
        table.DeleteEntityAsync(FlaggedPartition, FlagRow(identity), ETag.All, cancel);

    private static string FlagRow(string identity) => $"F!{KeyOf(identity)}";

    private static TableEntity Row(Mail mail) => Document.Of(KeyOf(mail.Identity), KeyOf(mail.Identity), mail);
}
