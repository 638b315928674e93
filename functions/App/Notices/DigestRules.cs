using NodaTime;

namespace OpenGov.Functions.Notices;

/// <summary>A due notice with those who get it.</summary>
public sealed record AddressedNotice(DueNotice Notice, IReadOnlyList<Recipient> Recipients);

/// <summary>What one mailbox gets on one day, once.</summary>
/// <param name="Mailbox">Its fingerprint.</param>
public sealed record Digest(string Mailbox, string Address, string Language, IReadOnlyList<DigestEntry> Entries, IReadOnlyList<string> Notices);

/// <summary>A line with the occasions that put it into the digest: they say how pressing it is.</summary>
public sealed record DigestEntry(DigestLine Line, IReadOnlyList<Occasion> Occasions);

public enum Urgency { Overdue, Today, Coming }

/// <summary>Which notices still hold on a day, and who is told what.</summary>
public static class DigestRules
{
    public const string OccasionPassed = "occasion-passed";
    public const string LaterNoticeDue = "later-notice-due";
    public const string NoLongerHolds = "no-longer-holds";

    // A row of Table Storage holds no more; the least pressing lines wait.
    private const int MostLines = 200;

    /// <summary>Why a notice that waited is not sent any more on <paramref name="today"/>, or null.</summary>
    public static string? ExpiredBecause(DueNotice notice, IEnumerable<DueNotice> due, LocalDate today) =>
        due.Any(other => other.SendOn > notice.SendOn && other.SendOn <= today
            && other.Kind == notice.Kind && other.Subject == notice.Subject && other.Version == notice.Version) ? LaterNoticeDue
        : notice.Occasions.All(occasion => HasPassed(occasion, notice.SendOn, today)) ? OccasionPassed
        : null;

    /// <summary>
    /// One digest a mailbox: none for a mailbox that had today's, and no line that it was told before. What is left
    /// out so waits for the next working day.
    /// </summary>
    public static IReadOnlyList<Digest> Group(
        IEnumerable<AddressedNotice> notices, Tellings told, LocalDate today, Func<string, string> fingerprint) =>
        [.. notices
            .SelectMany(addressed => addressed.Recipients.Select(recipient => (addressed.Notice, Recipient: recipient, Mailbox: fingerprint(recipient.Mailbox))))
            .Where(line => !told.HadDigest(line.Mailbox, today) && !told.Has(line.Mailbox, line.Notice.Identity))
            .GroupBy(line => line.Mailbox)
            .Select(mailbox =>
            {
                var lines = mailbox.OrderBy(line => UrgencyOf(line.Notice.Occasions, today)).DistinctBy(line => line.Recipient.Line.Identity).Take(MostLines).ToList();
                return new Digest(
                    mailbox.Key, lines[0].Recipient.Mailbox, lines[0].Recipient.Language,
                    [.. lines.Select(line => new DigestEntry(line.Recipient.Line, line.Notice.Occasions))],
                    [.. lines.Select(line => line.Notice.Identity).Distinct()]);
            })];

    /// <summary>The notice as settled, or null where a recipient still waits for it.</summary>
    public static SettledNotice? Settle(AddressedNotice addressed, Tellings told, LocalDate today, Func<string, string> fingerprint)
    {
        var identity = addressed.Notice.Identity;
        if (addressed.Recipients.Any(recipient => !told.Has(fingerprint(recipient.Mailbox), identity)))
        {
            return null;
        }
        var tellings = told.Of(identity);
        return tellings.Count == 0
            ? new SettledNotice(addressed.Notice, NoticeState.Expired, today, 0, NoLongerHolds)
            : new SettledNotice(addressed.Notice, NoticeState.Sent, tellings.Max(digest => digest.Day), tellings.Count);
    }

    /// <summary>A notice that waited too long; those who were told before it expired are counted.</summary>
    public static SettledNotice Expire(DueNotice notice, string reason, Tellings told, LocalDate today) =>
        told.Of(notice.Identity) is { Count: > 0 } tellings
            ? new SettledNotice(notice, NoticeState.Sent, tellings.Max(digest => digest.Day), tellings.Count)
            : new SettledNotice(notice, NoticeState.Expired, today, 0, reason);

    public static Urgency UrgencyOf(IReadOnlyList<Occasion> occasions, LocalDate today) =>
        occasions.Any(occasion => Occasions.IsOverdue(occasion.Name)) ? Urgency.Overdue
        : occasions.Any(occasion => occasion.Date == today || occasion.Name == Occasions.Trouble) ? Urgency.Today
        : Urgency.Coming;

    // An opening that moved forward to a working day may be told after it; a lateness does not pass.
    private static bool HasPassed(Occasion occasion, LocalDate sendOn, LocalDate today) =>
        !Occasions.IsOverdue(occasion.Name) && occasion.Name != Occasions.Trouble && today > LocalDate.Max(occasion.Date, sendOn);
}

/// <summary>Who was told what, from the digests that were sent.</summary>
public sealed class Tellings(IReadOnlyCollection<SentDigest> digests)
{
    private readonly ILookup<string, SentDigest> byNotice = digests
        .SelectMany(digest => digest.Notices.Select(notice => (notice, digest)))
        .ToLookup(telling => telling.notice, telling => telling.digest);
    private readonly HashSet<(string Mailbox, string Notice)> told = [.. digests.SelectMany(digest => digest.Notices.Select(notice => (digest.Mailbox, notice)))];
    private readonly HashSet<(string Mailbox, LocalDate Day)> days = [.. digests.Select(digest => (digest.Mailbox, digest.Day))];

    public bool Has(string mailbox, string notice) => told.Contains((mailbox, notice));

    public bool HadDigest(string mailbox, LocalDate day) => days.Contains((mailbox, day));

    /// <summary>One digest for each mailbox that was told.</summary>
    public IReadOnlyList<SentDigest> Of(string notice) => [.. byNotice[notice].DistinctBy(digest => digest.Mailbox)];
}
