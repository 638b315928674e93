using System.Globalization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Announces meetings, invites, and keeps what came of them. Guests hear of every change once.</summary>
public sealed class ChangeMeeting(
    MeetingStore store, ForumStore forum, RecentMeetings recent, CurrentCycle cycles, Editing editing, Ledger ledger, TimeProvider clock)
{
    private const int MostMeetings = 999;

    /// <summary>The same meeting, sent again, is the one that is there.</summary>
    public async Task<Edited<Meeting>> DefineAsync(TypedMeeting typed, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (read, faults) = MeetingRules.Read(typed, cycle);
        if (read is null)
        {
            return new Edited<Meeting>.Invalid(faults);
        }
        while (await store.ListAsync(cycle, cancel) is { Count: < MostMeetings } all)
        {
            if (all.FirstOrDefault(other => (other.Kind, other.Activity, other.Title, other.Starts, other.Ends) == (read.Kind, read.Activity, read.Title, read.Starts, read.Ends)) is { } same)
            {
                return new Edited<Meeting>.Done(same);
            }
            var meeting = read with { Code = $"R-{(all.Count + 1).ToString("D3", CultureInfo.InvariantCulture)}" };
            var change = new Change(Tables.Meetings, MeetingStore.PartitionOf(cycle))
                .Add(MeetingStore.RowOf(meeting.Code), meeting)
                .Record(OfficialEvent.Of("meeting-announced", meeting.Code, Public(meeting), by));
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                recent.Forget();
                return new Edited<Meeting>.Done(meeting);
            }
        }
        return new Edited<Meeting>.Invalid([new Fault("title", "TooManyMeetings", MostMeetings)]);
    }

    public async Task<Edited<Meeting>> EditAsync(string code, TypedMeeting typed, string? seen, string by, CancellationToken cancel)
    {
        var (read, faults) = MeetingRules.Read(typed, await cycles.GetAsync(cancel));
        return await ChangeAsync(code, seen, by, "meeting-changed", meeting => Running(meeting, faults), meeting => meeting with
        {
            Kind = read!.Kind,
            Activity = read.Activity,
            Title = read.Title,
            Starts = read.Starts,
            Ends = read.Ends,
            Place = read.Place,
            Territory = read.Territory,
            Agenda = read.Agenda,
            Link = read.Link,
        }, Public, cancel);
    }

    /// <param name="withForum">The forum's members too.</param>
    /// <param name="guests">One to a line.</param>
    public async Task<Edited<Meeting>> InviteAsync(string code, bool withForum, string? guests, string? seen, string by, CancellationToken cancel)
    {
        var members = withForum ? (await forum.ListAsync(await cycles.GetAsync(cancel), cancel)).Select(member => new Guest(member.Name, member.Mailbox)) : [];
        var (typed, faults) = MeetingRules.ReadGuests(guests);
        return await ChangeAsync(
            code, seen, by, "meeting-invited",
            meeting => Running(meeting,
            [
                .. faults,
                .. !withForum && typed.Count == 0 ? [new Fault("guests", "NobodyInvited")] : Array.Empty<Fault>(),
                .. MeetingRules.With(meeting.Guests, members.Concat(typed)).Count > Meeting.MostGuests ? [new Fault("guests", "TooManyGuests", Meeting.MostGuests)] : Array.Empty<Fault>(),
            ]),
            meeting => meeting with { Guests = MeetingRules.With(meeting.Guests, members.Concat(typed)) },
            meeting => new { Guests = meeting.Guests.Count }, cancel);
    }

    public Task<Edited<Meeting>> CancelAsync(string code, string? reason, string? seen, string by, CancellationToken cancel)
    {
        var text = PlainText.Text(reason);
        var now = clock.GetCurrentInstant();
        return ChangeAsync(
            code, seen, by, "meeting-cancelled",
            _ => text.Length == 0 ? [new Fault("reason", "ReasonMissing")] : text.Length > Meeting.AgendaLength ? [new Fault("reason", "TooLong", Meeting.AgendaLength)] : [],
            meeting => meeting.Cancelled?.Reason == text ? meeting : meeting with { Cancelled = new Cancellation(text, now) }, meeting => new { meeting.Cancelled!.Reason }, cancel);
    }

    /// <param name="typed">People by sector.</param>
    public Task<Edited<Meeting>> AttendAsync(string code, Func<string, string?> typed, string? seen, string by, CancellationToken cancel)
    {
        var (attendance, faults) = MeetingRules.ReadAttendance(typed);
        return ChangeAsync(code, seen, by, "meeting-attended", meeting => Running(meeting, faults), meeting => meeting with { Attendance = attendance }, meeting => new { meeting.Attendance }, cancel);
    }

    public async Task<Edited<Meeting>> PublishAsync(string code, string? text, string? agreements, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        return await ChangeAsync(
            code, seen, by, "minutes-published", meeting => Running(meeting, MeetingRules.ReadMinutes(text, agreements, meeting, cycle, now).Faults),
            meeting =>
            {
                var minutes = MeetingRules.ReadMinutes(text, agreements, meeting, cycle, now).Minutes!;
                return meeting.Minutes is { } known && known.Text == minutes.Text && known.Agreements.SequenceEqual(minutes.Agreements) ? meeting : meeting with { Minutes = minutes };
            },
            meeting => meeting.Minutes!, cancel);
    }

    private static IReadOnlyList<Fault> Running(Meeting meeting, IReadOnlyList<Fault> faults) =>
        meeting.Cancelled is not null ? [new Fault("title", "IsCancelled")] : faults;

    private async Task<Edited<Meeting>> ChangeAsync(
        string code, string? seen, string by, string what, Func<Meeting, IReadOnlyList<Fault>> check, Func<Meeting, Meeting> how, Func<Meeting, object> data, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var edited = await editing.RunAsync(
            new RowPlace(Tables.Meetings, MeetingStore.PartitionOf(cycle), MeetingStore.RowOf(code)), seen, check,
            meeting => how(meeting) is var after && MeetingRules.IsMoved(after, meeting) ? after with { Sequence = meeting.Sequence + 1 } : after,
            (change, before, after) =>
            {
                change.Record(OfficialEvent.Of(what, code, data(after), by));
                if (after.Guests.Count > 0 && (after.Sequence != before.Sequence || after.Guests.Count != before.Guests.Count))
                {
                    change.Then(
                        TellGuests.EffectOf(cycle, after),
                        PlanNotices.Of($"notices!{cycle.Id}!{code}!{after.Sequence}!{after.Guests.Count}", MeetingNotices.Plan(after, cycle, clock.GetCurrentInstant())));
                }
            },
            cancel);
        recent.Forget();
        return edited;
    }

    private static object Public(Meeting meeting) => new { meeting.Kind, meeting.Activity, meeting.Title, meeting.Starts, meeting.Ends, meeting.Place, meeting.Territory };
}
