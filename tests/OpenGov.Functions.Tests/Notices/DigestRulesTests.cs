using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Cycles;
using Xunit;

namespace OpenGov.Functions.Notices;

public sealed class DigestRulesTests
{
    private static readonly LocalDate Friday = new(2019, 4, 26);
    private static readonly LocalDate Monday = new(2019, 4, 29);
    private static readonly Cycle Panama = CycleFile.Read("panama-2019-2021") with { Version = 1 };

    [Fact]
    public void A_mailbox_gets_one_digest_with_all_its_lines()
    {
        var digests = DigestRules.Group([To(Due("a", Friday), "uno", "dos"), To(Due("b", Friday), "uno")], new([]), Friday, Fingerprint);
        Assert.Equal([("uno", 2), ("dos", 1)], digests.Select(digest => (digest.Address, digest.Entries.Count)));
    }

    [Fact]
    public void A_mailbox_that_had_its_digest_waits_for_the_next_working_day()
    {
        var sent = new SentDigest(Friday, "UNO", ["other"]);
        var notice = To(Due("a", Friday), "uno", "dos");
        Assert.Equal(["dos"], DigestRules.Group([notice], new([sent]), Friday, Fingerprint).Select(digest => digest.Address));
        Assert.Null(DigestRules.Settle(notice, new([sent, new(Friday, "DOS", [notice.Notice.Identity])]), Friday, Fingerprint));
        Assert.Equal(["uno"], DigestRules.Group([notice], new([sent, new(Friday, "DOS", [notice.Notice.Identity])]), Monday, Fingerprint).Select(digest => digest.Address));
    }

    [Fact]
    public void What_was_told_before_a_crash_is_not_told_again()
    {
        var notice = To(Due("a", Friday), "uno");
        var told = new Tellings([new(Friday, "UNO", [notice.Notice.Identity])]);
        Assert.Empty(DigestRules.Group([notice], told, Monday, Fingerprint));
        Assert.Equal((NoticeState.Sent, Friday, 1), Told(DigestRules.Settle(notice, told, Monday, Fingerprint)!));
    }

    [Fact]
    public void A_notice_that_holds_for_nobody_is_recorded_as_expired() =>
        Assert.Equal((NoticeState.Expired, Friday, 0), Told(DigestRules.Settle(To(Due("a", Friday)), new([]), Friday, Fingerprint)!));

    [Fact]
    public void A_digest_that_would_grow_without_end_leaves_the_least_pressing_for_later()
    {
        var notices = Enumerable.Range(0, 250).Select(number => To(Due($"a{number}", Monday, number < 240 ? "opens-3" : "late"), "uno"));
        var digest = Assert.Single(DigestRules.Group(notices, new([]), Monday, Fingerprint));
        Assert.Equal(200, digest.Entries.Count);
        Assert.Equal(10, digest.Entries.TakeWhile(entry => entry.Occasions[0].Name == "late").Count());
    }

    /// <summary>The call's notices of April 2019 where timers were down, and the first working day on which they run again.</summary>
    [Theory]
    [InlineData("2019-04-18", "04-18:closes-7 –")]
    [InlineData("2019-04-22", "04-18:closes-7 –")]
    [InlineData("2019-04-26", "04-18:closes-7 later-notice-due; 04-26:closes-2+closes-0 –")]
    [InlineData("2019-04-29", "04-18:closes-7 later-notice-due; 04-26:closes-2+closes-0 later-notice-due; 04-29:late –")]
    public void After_downtime_only_what_still_matters_is_sent(string today, string expected)
    {
        var day = NoticePlannerTests.Day(today);
        var due = NoticePlanner.ForActivity(Panama.Call, 1, Panama.Notices, Panama.WorkingDays)
            .Where(notice => notice.SendOn > new LocalDate(2019, 3, 1) && notice.SendOn <= day).ToList();
        Assert.Equal(expected, string.Join("; ", due.Select(notice => $"{NoticePlannerTests.Short(notice)} {DigestRules.ExpiredBecause(notice, due, day) ?? "–"}")));
    }

    [Theory]
    [InlineData("opens-0", "2019-06-01", "2019-06-03", "2019-06-03", false)]
    [InlineData("opens-0", "2019-06-01", "2019-06-03", "2019-06-04", true)]
    [InlineData("opens-3", "2019-02-22", "2019-02-19", "2019-02-22", false)]
    [InlineData("opens-3", "2019-02-22", "2019-02-19", "2019-02-25", true)]
    [InlineData("closes-2", "2019-10-11", "2019-10-09", "2019-10-11", false)]
    [InlineData("closes-2", "2019-10-11", "2019-10-09", "2019-10-14", true)]
    [InlineData("half-way", "2019-10-11", "2019-10-04", "2019-10-14", true)]
    [InlineData("no-answer", "2019-10-11", "2019-10-14", "2019-11-20", false)]
    public void A_notice_expires_when_its_occasion_has_passed(string occasion, string date, string sendOn, string today, bool expired)
    {
        var notice = new DueNotice("activity", "a", "1", NoticePlannerTests.Day(sendOn), [new Occasion(occasion, NoticePlannerTests.Day(date))]);
        Assert.Equal(expired ? DigestRules.OccasionPassed : null, DigestRules.ExpiredBecause(notice, [notice], NoticePlannerTests.Day(today)));
    }

    [Fact]
    public void A_notice_of_an_older_version_or_of_what_is_done_holds_no_more()
    {
        var notice = NoticePlanner.ForActivity(Panama.Call, 1, Panama.Notices, Panama.WorkingDays)[0];
        Assert.NotNull(ActivityNotices.Holding(Panama, notice));
        Assert.Null(ActivityNotices.Holding(Panama with { Version = 2 }, notice));
        Assert.Null(ActivityNotices.Holding(MarkActivityDone.With(Panama, ActivityKeys.Call, Friday)!, notice));
    }

    private static DueNotice Due(string subject, LocalDate day, string occasion = "opens-0") => new("activity", subject, "1", day, [new Occasion(occasion, day)]);

    private static AddressedNotice To(DueNotice notice, params string[] mailboxes) => new(
        notice, [.. mailboxes.Select(mailbox => new Recipient(mailbox, "es", new DigestLine("activity", notice.Identity, JsonSerializer.SerializeToElement(1))))]);

    private static string Fingerprint(string mailbox) => mailbox.ToUpperInvariant();

    private static (NoticeState, LocalDate, int) Told(SettledNotice settled) => (settled.State, settled.On, settled.Recipients);
}
