using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Notices;

/// <summary>
/// Sends what is due: one digest for each mailbox and day. Every step may be repeated: a digest is one row that is
/// added once, and a notice leaves the index only after all its recipients are found in digests.
/// </summary>
public sealed class DueNotices(
    NoticeStore store, CurrentCycle current, Ledger ledger, SigningKeys keys, IEnumerable<INoticeKind> kinds, TimeProvider clock, ILogger<DueNotices> log)
{
    private const int AtOnce = 8;
    private const int DigestsPerTransaction = 40;

    /// <summary>A timer may fire a moment before its time.</summary>
    private static readonly Period Early = Period.FromMinutes(10);
    private readonly Dictionary<string, INoticeKind> kinds = kinds.ToDictionary(kind => kind.Kind);

    public async Task SendAsync(CancellationToken cancel)
    {
        var cycle = await current.GetAsync(cancel);
        var now = clock.GetCurrentInstant().InZone(cycle.Zone);
        var today = now.Date;
        if (!cycle.WorkingDays.Includes(today) || now.TimeOfDay < NoticePlanner.SendTime - Early)
        {
            return;
        }
        var due = (await store.DueAsync(cycle.Id, today, cancel)).Where(notice => kinds.ContainsKey(notice.Kind)).ToList();
        if (due.Count == 0)
        {
            return;
        }
        // A notice of dates that moved a moment ago is held against those dates.
        Fresh.FromNow();
        var sent = (await store.DigestsAsync(cycle.Id, due.Min(notice => notice.SendOn), today, cancel)).ToList();
        var addressed = await AddressAsync(cycle, due, new Tellings(sent), today, cancel);
        var digests = DigestRules.Group(addressed, new Tellings(sent), today, Fingerprint);
        sent.AddRange(await CommitAsync(cycle, digests, today, cancel));
        var told = new Tellings(sent);
        await InParallelAsync(addressed, notice => SettleAsync(cycle, notice, told, today, cancel), cancel);
        log.LogInformation("{Notices} notices were due; {Digests} digests were made.", due.Count, digests.Count);
    }

    /// <summary>The notices that hold, with their recipients; the others are recorded as expired.</summary>
    private async Task<IReadOnlyList<AddressedNotice>> AddressAsync(
        Cycle cycle, List<DueNotice> due, Tellings told, LocalDate today, CancellationToken cancel)
    {
        var addressed = new ConcurrentDictionary<string, AddressedNotice>();
        var bySubject = due.ToLookup(notice => (notice.Kind, notice.Subject));
        await InParallelAsync(due, async notice =>
        {
            if (DigestRules.ExpiredBecause(notice, bySubject[(notice.Kind, notice.Subject)], today) is { } reason)
            {
                await store.SettleAsync(cycle.Id, DigestRules.Expire(notice, reason, told, today), cancel);
                return;
            }
            var recipients = await kinds[notice.Kind].RecipientsAsync(notice, today, cancel);
            addressed[notice.Identity] = new AddressedNotice(notice, recipients);
        }, cancel);
        return [.. due.Select(notice => addressed.GetValueOrDefault(notice.Identity)).OfType<AddressedNotice>()];
    }

    /// <summary>The digests as they stand in the store: ours, or those of an instance that was faster.</summary>
    private async Task<IEnumerable<SentDigest>> CommitAsync(Cycle cycle, IReadOnlyList<Digest> digests, LocalDate today, CancellationToken cancel)
    {
        var made = new ConcurrentBag<SentDigest>();
        await InParallelAsync(digests.Chunk(DigestsPerTransaction), async chunk =>
        {
            if (await ledger.CommitAsync(ChangeOf(cycle, chunk, today), cancel) == CommitResult.Committed)
            {
                Array.ForEach(chunk, digest => made.Add(RecordOf(digest, today)));
                return;
            }
            foreach (var digest in chunk)
            {
                made.Add(await ledger.CommitAsync(ChangeOf(cycle, [digest], today), cancel) == CommitResult.Committed
                    ? RecordOf(digest, today)
                    : await store.FindDigestAsync(cycle.Id, today, digest.Mailbox, cancel) ?? throw new InvalidOperationException("A digest was refused that is not there."));
            }
        }, cancel);
        return made;
    }

    private static Change ChangeOf(Cycle cycle, Digest[] digests, LocalDate today)
    {
        var day = NoticeStore.Key(today);
        var change = new Change(Tables.Notices, NoticeStore.DigestPartition(cycle.Id, today))
            .Record(OfficialEvent.Of("notices-sent", day, new { digests = digests.Length, lines = digests.Sum(digest => digest.Entries.Count) }));
        foreach (var digest in digests)
        {
            change.Add(NoticeStore.DigestRow(today, digest.Mailbox), RecordOf(digest, today))
                .Then(MailEffect.Send($"digest!{cycle.Id}!{day}!{digest.Mailbox}", DigestMail.Name, digest.Address, digest.Language, new DigestModel(digest.Entries)));
        }
        return change;
    }

    private async Task SettleAsync(Cycle cycle, AddressedNotice addressed, Tellings told, LocalDate today, CancellationToken cancel)
    {
        if (DigestRules.Settle(addressed, told, today, Fingerprint) is not { } settled)
        {
            return;
        }
        if (settled.State == NoticeState.Sent && await kinds[addressed.Notice.Kind].NextAsync(addressed.Notice, today, cancel) is { } next)
        {
            await store.PlanAsync(cycle.Id, next, today, cancel);
        }
        await store.SettleAsync(cycle.Id, settled, cancel);
    }

    private string Fingerprint(string mailbox) => Convert.ToHexStringLower(keys.Fingerprint("mailbox", mailbox.Trim().ToUpperInvariant()))[..24];

    private static SentDigest RecordOf(Digest digest, LocalDate today) => new(today, digest.Mailbox, digest.Notices);

    private static Task InParallelAsync<T>(IEnumerable<T> items, Func<T, Task> work, CancellationToken cancel) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (item, _) => await work(item));
}
