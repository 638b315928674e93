using Azure;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>Sign-in links and sessions: a member's are one partition, so that a link is used up and its session opened in one transaction.</summary>
public sealed class SessionStore(StorageClients storage, Ledger ledger, SigningKeys keys, TimeProvider clock)
{
    private const int Tries = 5;
    private const string SessionPrefix = "S!";
    private readonly Azure.Data.Tables.TableClient table = storage.Table(Tables.Sessions);

    /// <summary>A member's name where no address may stand: in keys, tokens and the record.</summary>
    public string FingerprintOf(StaffMember member) =>
        Convert.ToHexStringLower(keys.Fingerprint("staff", member.Address.ToUpperInvariant()))[..SessionKey.MemberLength];

    /// <summary>Issues a link and mails it, unless too many were asked for and not used.</summary>
    public async Task MailLinkAsync(StaffMember member, CancellationToken cancel)
    {
        var partition = FingerprintOf(member);
        var id = Guid.NewGuid().ToString("N");
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var now = clock.GetCurrentInstant();
            var stored = await Document.FindAsync<SignInLinks>(table, partition, LinksRow(partition), cancel);
            if (stored?.Record.Issued.Any(link => link.Id == id) == true
                || (stored?.Record ?? new SignInLinks(member.Address, [])).Issue(id, now) is not { } links)
            {
                return;
            }
            var change = new Change(Tables.Sessions, partition).Then(MailEffect.Send(
                $"sign-in!{id}", SignInMail.Name, member.Address, Language.Spanish, new SignInMail.Model($"{partition}.{id}", now)));
            change = stored is null ? change.Add(LinksRow(partition), links) : change.Replace(LinksRow(partition), links, stored.ETag);
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                return;
            }
        }
    }

    /// <summary>Whose link it is; null for what is none.</summary>
    public async Task<string?> AddressOfLinkAsync(string subject, CancellationToken cancel) =>
        Parts(subject) is var (partition, _) ? (await Document.FindAsync<SignInLinks>(table, partition, LinksRow(partition), cancel))?.Record.Address : null;

    /// <summary>A new session for a link that nobody has used, else null.</summary>
    public async Task<SessionKey?> OpenAsync(string subject, CancellationToken cancel)
    {
        if (Parts(subject) is not var (partition, id))
        {
            return null;
        }
        var key = SessionKey.New(partition);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await Document.FindAsync<SignInLinks>(table, partition, LinksRow(partition), cancel) is not { } stored)
            {
                return null;
            }
            if (stored.Record.Issued.Any(link => link.Id == id && link.UsedBy == key.Hash))
            {
                // It was committed, and the answer was lost.
                return key;
            }
            if (stored.Record.Use(id, key.Hash, clock.GetCurrentInstant()) is not { } links)
            {
                return null;
            }
            var change = new Change(Tables.Sessions, partition)
                .Replace(LinksRow(partition), links, stored.ETag)
                .Add(SessionRow(key), new StaffSession(links.Address, SystemNow));
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                await ForgetOverAsync(partition, cancel);
                return key;
            }
        }
        return null;
    }

    public async Task<StaffSession?> FindAsync(SessionKey key, CancellationToken cancel) =>
        (await Document.FindAsync<StaffSession>(table, key.Member, SessionRow(key), cancel))?.Record is { } session && !session.IsOver(SystemNow) ? session : null;

    /// <summary>The member's own, the newest first.</summary>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(SessionKey key, CancellationToken cancel)
    {
        var open = new List<OpenSession>();
        await foreach (var row in table.QueryAsync<Azure.Data.Tables.TableEntity>(Document.RowsWithPrefix(key.Member, SessionPrefix), cancellationToken: cancel))
        {
            if (Document.Read<StaffSession>(row) is var session && !session.IsOver(SystemNow))
            {
                open.Add(new OpenSession(session.SignedInAt, row.RowKey == SessionRow(key)));
            }
        }
        return [.. open.OrderByDescending(session => session.SignedInAt)];
    }

    public async Task EndOthersAsync(SessionKey key, CancellationToken cancel)
    {
        await foreach (var row in table.QueryAsync<Azure.Data.Tables.TableEntity>(Document.RowsWithPrefix(key.Member, SessionPrefix), cancellationToken: cancel))
        {
            if (row.RowKey != SessionRow(key))
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
            }
        }
    }

    public Task EndAsync(SessionKey key, CancellationToken cancel) => table.DeleteEntityAsync(key.Member, SessionRow(key), ETag.All, cancel);

    private static Instant SystemNow => TimeProvider.System.GetCurrentInstant();

    private async Task ForgetOverAsync(string partition, CancellationToken cancel)
    {
        await foreach (var row in table.QueryAsync<Azure.Data.Tables.TableEntity>(Document.RowsWithPrefix(partition, SessionPrefix), cancellationToken: cancel))
        {
            if (Document.Read<StaffSession>(row).IsOver(SystemNow))
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
            }
        }
    }

    private static (string Partition, string Id)? Parts(string subject) =>
        subject.Split('.') is [var partition, var id] && SessionKey.IsMember(partition) ? (partition, id) : null;

    private static string LinksRow(string partition) => $"K!{partition}";

    private static string SessionRow(SessionKey key) => $"{SessionPrefix}{key.Member}!{key.Hash}";
}
