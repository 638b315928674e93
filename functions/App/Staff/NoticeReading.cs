using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;

namespace OpenGov.Functions.Staff;

/// <param name="What">The headline of its line in the digest.</param>
/// <param name="Words">What the line says, on the day it goes out; empty for one that is behind.</param>
/// <param name="How">How its day was computed.</param>
/// <param name="On">The day it goes out, went out, or was found to hold no more.</param>
/// <param name="Mailboxes">To whom it goes; empty for one that is behind, of which the number alone is kept.</param>
public sealed record NoticeRow(
    DueNotice Notice, NoticeState State, LocalDate On, string What, string Words, string How,
    IReadOnlyList<string> Mailboxes, int Recipients, string? Reason = null);

/// <summary>The notices in words, as the features that they belong to word them.</summary>
public sealed class NoticeReading(
    NoticeStore store, CurrentCycle cycles, IEnumerable<INoticeKind> kinds, NoticeWords words, IStringLocalizer<StaffTexts> texts)
{
    /// <summary>Activity 2 before activity 10.</summary>
    private static readonly StringComparer ByNumber = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);
    private readonly Dictionary<string, INoticeKind> kinds = kinds.ToDictionary(kind => kind.Kind);

    /// <summary>What will go out. A notice that no longer holds (its activity is done, its dates have changed) is left out.</summary>
    public async Task<IReadOnlyList<NoticeRow>> UpcomingAsync(LocalDate from, LocalDate to, CancellationToken cancel)
    {
        var rows = new List<NoticeRow>();
        foreach (var notice in await store.UpcomingAsync(from, to, cancel))
        {
            if (await RecipientsAsync(notice, notice.SendOn, cancel) is { Count: > 0 } recipients)
            {
                var parts = kinds[notice.Kind].Describe(recipients[0].Line.Model, notice.SendOn);
                rows.Add(new NoticeRow(
                    notice, NoticeState.Planned, notice.SendOn, parts[0].Words, parts.Count > 1 ? parts[1].Words : "", words.HowComputed(notice),
                    [.. recipients.Select(recipient => recipient.Mailbox).Distinct()], recipients.DistinctBy(recipient => recipient.Mailbox).Count()));
            }
        }
        return [.. rows.OrderBy(row => row.On).ThenBy(row => row.What, ByNumber)];
    }

    /// <summary>What went out or expired, the newest first.</summary>
    public async Task<IReadOnlyList<NoticeRow>> SentAsync(LocalDate from, LocalDate to, CancellationToken cancel)
    {
        var rows = new List<NoticeRow>();
        var all = await store.SentAsync(from, to, cancel);
        // What was planned anew, and went out on the same day, leaves nothing to say of its older plan.
        var wentOut = all.Where(settled => settled.State == NoticeState.Sent).Select(settled => (settled.Notice.Kind, settled.Notice.Subject, settled.On)).ToHashSet();
        foreach (var settled in all.Where(settled => settled.State == NoticeState.Sent || !wentOut.Contains((settled.Notice.Kind, settled.Notice.Subject, settled.On))))
        {
            rows.Add(new NoticeRow(
                settled.Notice, settled.State, settled.On, await TitleAsync(settled.Notice, settled.On, cancel), "", words.HowComputed(settled.Notice),
                [], settled.Recipients, settled.Reason));
        }
        return [.. rows.OrderByDescending(row => row.On).ThenBy(row => row.What, ByNumber)];
    }

    private async Task<IReadOnlyList<Recipient>> RecipientsAsync(DueNotice notice, LocalDate day, CancellationToken cancel) =>
        kinds.TryGetValue(notice.Kind, out var kind) ? await kind.RecipientsAsync(notice, day, cancel) : [];

    private async Task<string> TitleAsync(DueNotice notice, LocalDate day, CancellationToken cancel)
    {
        if (notice.Kind == NoticePlanner.ActivityKind
            && (await cycles.GetAsync(cancel)).Dated.FirstOrDefault(activity => activity.Key == notice.Subject) is { } activity)
        {
            return texts["ActivityTitle", activity.Number, activity.Title];
        }
        return await RecipientsAsync(notice, day, cancel) is [var recipient, ..]
            ? kinds[notice.Kind].Describe(recipient.Line.Model, day)[0].Words
            : kinds.TryGetValue(notice.Kind, out var kind) ? kind.TitleOf(notice) : notice.Subject;
    }
}
