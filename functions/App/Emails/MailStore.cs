using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Emails;

/// <summary>
/// One row for every mail that was begun, or told of. Beside them two small indexes: the mails that are tasks for
/// staff, and those of which news is awaited, by when. An index is written before its row and cleared after it: a
/// crash in between leaves a line too many, never one too few.
/// </summary>
public sealed class MailStore(StorageClients storage, Ledger ledger, IEnumerable<IMailAlarm> alarms, Measures measures)
{
    private const int Tries = 12;
    private const int AtOnce = 8;
    private const string FlaggedPartition = "flagged";
    private const string AwaitedPartition = "awaited";
    private static readonly Duration OrphansKept = Duration.FromDays(7);

    /// <summary>By then whoever wrote an index has written its row, or never will.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(5);
    private readonly TableClient table = storage.Table(Tables.Mails);

    /// <summary>The name under which a mail is known outside: SendGrid's events carry it.</summary>
    public static string KeyOf(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..KeyLength];

    public const int KeyLength = 32;

    public Task<Stored<Mail>?> FindAsync(string identity, CancellationToken cancel) => FindByKeyAsync(KeyOf(identity), cancel);

    public Task<Stored<Mail>?> FindByKeyAsync(string key, CancellationToken cancel) =>
        Document.FindAsync<Mail>(table, PartitionOf(key), RowOf(key), cancel);

    /// <summary>The mails that staff must look at, the oldest trouble first.</summary>
    public async Task<IReadOnlyList<Mail>> FlaggedAsync(CancellationToken cancel)
    {
        var lines = await Document.ReadAllAsync<IndexLine>(table, FlaggedPartition, "F!", cancel);
        var mails = new Mail?[lines.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, lines.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (index, stop) =>
        {
            mails[index] = (await FindByKeyAsync(lines[index].Key, stop))?.Record;
            if (mails[index] is null or { NeedsStaff: false } && TimeProvider.System.GetUtcNow() - lines[index].At > LongestWrite)
            {
                await DeleteAsync(FlaggedPartition, FlagRow(lines[index].Key), stop);
            }
        });
        return [.. mails.OfType<Mail>().Where(mail => mail.NeedsStaff).OrderBy(mail => mail.Since).ThenBy(mail => mail.Effect!.Identity, StringComparer.Ordinal)];
    }

    /// <summary>How many mails staff must look at, in one request.</summary>
    public async Task<int> CountFlaggedAsync(CancellationToken cancel) =>
        (await Document.ReadAllAsync<IndexLine>(table, FlaggedPartition, "F!", cancel)).Count;

    /// <summary>The keys of the mails of which news was awaited until <paramref name="now"/>.</summary>
    internal async Task<IReadOnlyList<AwaitedMail>> AwaitedAsync(Instant now, CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {AwaitedPartition} and RowKey ge {"W!"} and RowKey lt {$"W!{Stamp(now)}~"}");
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancel)
            .Select(row => new AwaitedMail(Document.Read<IndexLine>(row).Key, row.RowKey)).ToListAsync(cancel);
    }

    internal Task ForgetAwaitedAsync(AwaitedMail awaited, CancellationToken cancel) => DeleteAsync(AwaitedPartition, awaited.Row, cancel);

    /// <summary>Told of a mail that was never written here: another service's, on the same SendGrid account.</summary>
    internal async Task DeleteOrphanAsync(string key, ETag asRead, CancellationToken cancel)
    {
        try
        {
            await table.DeleteEntityAsync(PartitionOf(key), RowOf(key), asRead, cancel);
        }
        catch (RequestFailedException changed) when (changed.Status == (int)HttpStatusCode.PreconditionFailed)
        {
            // It was told of again, or written at last.
        }
    }

    /// <summary>The ETag of the new row, or null where there is one already.</summary>
    internal async Task<ETag?> AddAsync(string key, Mail mail, CancellationToken cancel)
    {
        try
        {
            return (await table.AddEntityAsync(Document.Of(PartitionOf(key), RowOf(key), mail), cancel)).Headers.ETag;
        }
        catch (RequestFailedException exists) when (exists.Status == (int)HttpStatusCode.Conflict)
        {
            return null;
        }
    }

    /// <summary>Keeps what is told of a mail of which nothing is known: once it is written, it meets the news.</summary>
    internal async Task<bool> AddOrphanAsync(MailEvent told, Instant now, CancellationToken cancel)
    {
        await table.UpsertEntityAsync(IndexRow(AwaitedPartition, AwaitedRow(told.Key, now + OrphansKept), told.Key), TableUpdateMode.Replace, cancel);
        var orphan = new Mail(null, MailState.Pending, "", TimeProvider.System.GetUtcNow(), 0) { Round = told.Round, Told = told.Told, Since = now };
        return await AddAsync(told.Key, orphan, cancel) is not null;
    }

    /// <summary>
    /// Changes a mail by <paramref name="change"/>, which is asked again where another was faster; null from it changes
    /// nothing. Gives the mail as it then is, or null where there is none.
    /// </summary>
    /// <param name="read">As it was read, where it was.</param>
    /// <param name="record">The event of the change, given the mail as changed.</param>
    internal async Task<Stored<Mail>?> ChangeAsync(
        string key, Stored<Mail>? read, Func<Mail, Mail?> change, CancellationToken cancel, Func<Mail, OfficialEvent?>? record = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            read ??= await FindByKeyAsync(key, cancel);
            if (read is null || change(read.Record) is not { } changed)
            {
                return read;
            }
            if (changed == read.Record)
            {
                await UnflagAsync(key, read.Record, cancel);
                return read;
            }
            if (await WriteAsync(key, read, changed, record?.Invoke(changed), cancel) is { } written)
            {
                return written;
            }
            read = null;
        }
        throw new InvalidOperationException("A mail changed too often.");
    }

    private async Task<Stored<Mail>?> WriteAsync(string key, Stored<Mail> read, Mail mail, OfficialEvent? @event, CancellationToken cancel)
    {
        List<Effect> effects = MailTransitions.GoesAgain(read.Record, mail) ? [MailEffect.Again(mail.Effect!)] : [];
        if (MailTransitions.LookAgainAt(mail) is { } again && again != MailTransitions.LookAgainAt(read.Record))
        {
            await table.UpsertEntityAsync(IndexRow(AwaitedPartition, AwaitedRow(key, again), key), TableUpdateMode.Replace, cancel);
        }
        if (mail.NeedsStaff)
        {
            await table.UpsertEntityAsync(IndexRow(FlaggedPartition, FlagRow(key), key), TableUpdateMode.Replace, cancel);
            foreach (var alarm in mail.FlaggedIn == mail.Round ? [] : alarms)
            {
                effects.Add(await alarm.EffectAsync(key, mail, cancel));
            }
            mail = mail with { FlaggedIn = mail.Round };
        }
        if (await ReplaceAsync(key, mail, read.ETag, @event, effects, cancel) is not { } etag)
        {
            return null;
        }
        if (mail is { Effect: { } effect } && mail.State != read.Record.State && MailTransitions.OutcomeOf(mail.State) is { } outcome)
        {
            measures.Mail(effect.Template, outcome);
        }
        await UnflagAsync(key, mail, cancel);
        if (MailTransitions.LookAgainAt(read.Record) is { } before && before != MailTransitions.LookAgainAt(mail))
        {
            await DeleteAsync(AwaitedPartition, AwaitedRow(key, before), cancel);
        }
        return new Stored<Mail>(mail, etag);
    }

    /// <summary>The new ETag, or null where the row is not as it was read.</summary>
    private async Task<ETag?> ReplaceAsync(string key, Mail mail, ETag asRead, OfficialEvent? @event, List<Effect> effects, CancellationToken cancel)
    {
        if (@event is null && effects.Count == 0)
        {
            try
            {
                return (await table.UpdateEntityAsync(Document.Of(PartitionOf(key), RowOf(key), mail), asRead, TableUpdateMode.Replace, cancel)).Headers.ETag;
            }
            catch (RequestFailedException changed) when (changed.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound)
            {
                return null;
            }
        }
        var change = new Change(Tables.Mails, PartitionOf(key)).Replace(RowOf(key), mail, asRead).Then(effects);
        return await ledger.CommitAsync(@event is null ? change : change.Record(@event), cancel) == CommitResult.Committed
            ? (await FindByKeyAsync(key, cancel))!.ETag
            : null;
    }

    /// <summary>Each time it is met: the process that cleared a mail may have ended before it cleared its flag.</summary>
    private Task UnflagAsync(string key, Mail mail, CancellationToken cancel) =>
        mail.FlaggedIn > 0 && !mail.NeedsStaff ? DeleteAsync(FlaggedPartition, FlagRow(key), cancel) : Task.CompletedTask;

    private Task<Response> DeleteAsync(string partition, string row, CancellationToken cancel) => table.DeleteEntityAsync(partition, row, ETag.All, cancel);

    private static TableEntity IndexRow(string partition, string row, string key) =>
        Document.Of(partition, row, new IndexLine(key, TimeProvider.System.GetUtcNow()));

    /// <summary>Sixteen, so that what follows a change is looked for in a few places.</summary>
    private static string PartitionOf(string key) => $"M{key[0]}";

    private static string RowOf(string key) => $"M!{key}";

    private static string FlagRow(string key) => $"F!{key}";

    private static string AwaitedRow(string key, Instant until) => $"W!{Stamp(until)}!{key}";

    private static string Stamp(Instant at) => InstantPattern.Create("uuuuMMddHHmmss", CultureInfo.InvariantCulture).Format(at);

    private sealed record IndexLine(string Key, DateTimeOffset At);
}

/// <param name="Row">Of the index.</param>
internal sealed record AwaitedMail(string Key, string Row);

/// <summary>Registered by a feature that tells staff of a mail in trouble.</summary>
public interface IMailAlarm
{
    /// <summary>What follows, once for each round in which the mail becomes a task.</summary>
    Task<Effect> EffectAsync(string key, Mail mail, CancellationToken cancel);
}
