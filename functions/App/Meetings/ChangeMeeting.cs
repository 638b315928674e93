using System.Globalization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Announces meetings, invites, and keeps what came of them. Guests hear of every change once.</summary>
public sealed class ChangeMeeting(
    MeetingStore store, ForumStore forum, InstitutionStore institutions, ThemeStore themes, LiaisonStore liaisons, RecentMeetings recent, CurrentCycle cycles, Editing editing, Ledger ledger, TimeProvider clock)
{
    private const int MostMeetings = 999;

    /// <summary>The same meeting, sent again, is the one that is there.</summary>
    public async Task<Edited<Meeting>> DefineAsync(TypedMeeting typed, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (read, faults) = MeetingRules.Read(typed, cycle, await CodesAsync(cycle, cancel));
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
        var cycle = await cycles.GetAsync(cancel);
        var (read, faults) = MeetingRules.Read(typed, cycle, await CodesAsync(cycle, cancel));
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
            Institution = read.Institution,
            Theme = read.Theme,
            Spokesperson = read.Spokesperson,
        }, Public, cancel);
    }

    /// <param name="groups">"forum" for its members; "liaisons" for those of the meeting's theme and institution, or of all; "office" for the institution's own.</param>
    /// <param name="guests">One to a line.</param>
    public async Task<Edited<Meeting>> InviteAsync(string code, IReadOnlyCollection<string> groups, string? guests, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        IReadOnlyList<Guest> members = await store.FindAsync(cycle, code, cancel) is { } invited ? await GuestsAsync(invited, groups, cycle, cancel) : [];
        var (typed, faults) = MeetingRules.ReadGuests(guests);
        return await ChangeAsync(
            code, seen, by, "meeting-invited",
            meeting => Running(meeting,
            [
                .. faults,
                .. members.Count + typed.Count == 0 ? [new Fault("guests", "NobodyInvited")] : Array.Empty<Fault>(),
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
    /// <param name="came">Mailboxes of guests.</param>
    public Task<Edited<Meeting>> AttendAsync(string code, Func<string, string?> typed, IReadOnlyCollection<string> came, string? seen, string by, CancellationToken cancel)
    {
        var (attendance, faults) = MeetingRules.ReadAttendance(typed);
        return ChangeAsync(code, seen, by, "meeting-attended", meeting => Running(meeting, faults),
            meeting => meeting with { Attendance = attendance, Came = [.. meeting.Guests.Select(guest => guest.Mailbox).Where(came.Contains)] },
            meeting => new { meeting.Attendance, ByName = meeting.Came.Count }, cancel);
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

    private async Task<IReadOnlySet<string>> CodesAsync(Cycle cycle, CancellationToken cancel) =>
        (await institutions.ListAsync(cycle, cancel)).Select(institution => institution.Code).Concat((await themes.ListAsync(cycle, cancel)).Select(theme => theme.Code)).ToHashSet();

    private async Task<IReadOnlyList<Guest>> GuestsAsync(Meeting meeting, IReadOnlyCollection<string> groups, Cycle cycle, CancellationToken cancel)
    {
        var guests = new List<Guest>();
        if (groups.Contains("forum"))
        {
            guests.AddRange((await forum.ListAsync(cycle, cancel)).Select(member => new Guest(member.Name, member.Mailbox)));
        }
        if (groups.Contains("liaisons"))
        {
            guests.AddRange((await liaisons.ListAsync(cycle, cancel))
                .Where(liaison => (meeting.Theme is null || liaison.Theme == meeting.Theme) && (meeting.Institution is null || liaison.Institution == meeting.Institution))
                .SelectMany(liaison => new[] { liaison.Principal, liaison.Alternate }).Select(person => new Guest(person.Name, person.Mailbox)));
        }
        if (groups.Contains("office") && meeting.Institution is { } code && await institutions.FindAsync(cycle, code, cancel) is { } institution)
        {
            guests.Add(new Guest(institution.Office.Holder ?? institution.Office.Title, institution.Office.Mailbox));
        }
        return guests;
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

    private static object Public(Meeting meeting) => new { meeting.Kind, meeting.Activity, meeting.Title, meeting.Starts, meeting.Ends, meeting.Place, meeting.Territory, meeting.Institution, meeting.Theme, meeting.Spokesperson };
}
