using System.Globalization;
using System.Net;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Notices;

public enum NoticeState { Planned, Sent, Expired }

/// <summary>A notice whose day is over.</summary>
/// <param name="On">The day it went out, or was found to hold no more.</param>
/// <param name="Recipients">Mailboxes that were told.</param>
public sealed record SettledNotice(DueNotice Notice, NoticeState State, LocalDate On, int Recipients, string? Reason = null);

/// <summary>What one mailbox was told on one day. It names the mailbox by a keyed fingerprint.</summary>
public sealed record SentDigest(LocalDate Day, string Mailbox, IReadOnlyList<string> Notices);

/// <summary>
/// The index of due notices: by the day they are due, so that a timer reads what is due and not what exists; and
/// beside it what was sent.
/// </summary>
public sealed class NoticeStore(StorageClients storage, CurrentCycle current)
{
    private const int LongestDowntimeInDays = 62;
    private readonly TableClient table = storage.Table(Tables.Notices);

    /// <summary>What went out, or expired, from <paramref name="from"/> to <paramref name="to"/>, both inclusive.</summary>
    public async Task<IReadOnlyList<SettledNotice>> SentAsync(LocalDate from, LocalDate to, CancellationToken cancel)
    {
        var cycle = (await current.GetAsync(cancel)).Id;
        // They are filed under the day they were due, and may have gone out later.
        var settled = await ListAsync<SettledNotice>(Partitions(cycle, "settled", from.PlusDays(-LongestDowntimeInDays), to), "S!", cancel);
        return [.. settled.Select(row => row.Record).Where(notice => notice.On >= from && notice.On <= to).OrderBy(notice => notice.On)];
    }

    /// <summary>What is planned for the days from <paramref name="from"/> to <paramref name="to"/>, both inclusive.</summary>
    public async Task<IReadOnlyList<DueNotice>> UpcomingAsync(LocalDate from, LocalDate to, CancellationToken cancel)
    {
        var cycle = (await current.GetAsync(cancel)).Id;
        return [.. (await ListAsync<DueNotice>(Partitions(cycle, "due", from, to), "D!", cancel)).Select(row => row.Record)];
    }

    internal async Task<IReadOnlyList<DueNotice>> DueAsync(string cycle, LocalDate today, CancellationToken cancel) =>
        [.. (await ListAsync<DueNotice>(Partitions(cycle, "due", LocalDate.MinIsoValue, today), "D!", cancel)).Select(row => row.Record)];

    internal async Task<IReadOnlyList<SentDigest>> DigestsAsync(string cycle, LocalDate from, LocalDate to, CancellationToken cancel) =>
        [.. (await ListAsync<SentDigest>(
            TableClient.CreateQueryFilter($"PartitionKey ge {DigestPartition(cycle, from)} and PartitionKey le {DigestPartition(cycle, to)}"), "G!", cancel))
            .Select(row => row.Record).Where(digest => digest.Day >= from && digest.Day <= to)];

    internal async Task<SentDigest?> FindDigestAsync(string cycle, LocalDate day, string mailbox, CancellationToken cancel) =>
        (await Document.FindAsync<SentDigest>(table, DigestPartition(cycle, day), DigestRow(day, mailbox), cancel))?.Record;

    /// <summary>Plans a notice, unless its day is behind and it was sent or expired already.</summary>
    internal async Task PlanAsync(string cycle, DueNotice notice, LocalDate today, CancellationToken cancel)
    {
        if (notice.SendOn <= today
            && await Document.FindAsync<SettledNotice>(table, Partition(cycle, "settled", notice.SendOn), $"S!{notice.Identity}", cancel) is not null)
        {
            return;
        }
        await table.UpsertEntityAsync(Document.Of(Partition(cycle, "due", notice.SendOn), $"D!{notice.Identity}", notice), TableUpdateMode.Replace, cancel);
    }

    /// <summary>Recorded first: a crash in between repeats the record and loses nothing.</summary>
    internal async Task SettleAsync(string cycle, SettledNotice settled, CancellationToken cancel)
    {
        var notice = settled.Notice;
        try
        {
            await table.AddEntityAsync(Document.Of(Partition(cycle, "settled", notice.SendOn), $"S!{notice.Identity}", settled), cancel);
        }
        catch (RequestFailedException known) when (known.Status == (int)HttpStatusCode.Conflict)
        {
            // Another timer recorded it: what it saw first stands.
        }
        await table.DeleteEntityAsync(Partition(cycle, "due", notice.SendOn), $"D!{notice.Identity}", ETag.All, cancel);
    }

    /// <summary>A month's: each partition with effects is one more place that a sweep looks at.</summary>
    internal static string DigestPartition(string cycle, LocalDate day) => $"{cycle}!digest!{Key(day)[..6]}";

    internal static string DigestRow(LocalDate day, string mailbox) => $"G!{Key(day)}!{mailbox}";

    internal static string Key(LocalDate day) => LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Format(day);

    private static string Partition(string cycle, string what, LocalDate day) => $"{cycle}!{what}!{Key(day)}";

    private static string Partitions(string cycle, string what, LocalDate from, LocalDate to) => TableClient.CreateQueryFilter(
        $"PartitionKey ge {(from == LocalDate.MinIsoValue ? $"{cycle}!{what}!" : Partition(cycle, what, from))} and PartitionKey le {Partition(cycle, what, to)}");

    private async Task<List<Stored<T>>> ListAsync<T>(string partitions, string rowPrefix, CancellationToken cancel) where T : class
    {
        var rows = TableClient.CreateQueryFilter($"RowKey ge {rowPrefix} and RowKey lt {rowPrefix + "~"}");
        var found = new List<Stored<T>>();
        await foreach (var entity in table.QueryAsync<TableEntity>($"{partitions} and {rows}", cancellationToken: cancel))
        {
            found.Add(new Stored<T>(Document.Read<T>(entity), entity.ETag));
        }
        return found;
    }
}
