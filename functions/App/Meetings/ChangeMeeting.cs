using System.Globalization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Announces meetings, moves and cancels them, and publishes their minutes.</summary>
public sealed class ChangeMeeting(
    MeetingStore store, RegistrationStore registrations, InstitutionStore institutions, ThemeStore themes, RecentMeetings recent, CurrentCycle cycles, MeetingEditing editing, Ledger ledger, TimeProvider clock)
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
                .Record(OfficialEvent.Of("meeting-announced", meeting.Code, Public(meeting), by))
                .Then(meeting.Registration is null ? [] : [editing.Reminder(meeting, cycle)]);
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
        var taken = (await registrations.FindTakenAsync(cycle, code, cancel))?.Record.People ?? 0;
        return await editing.RunAsync(
            code, seen, by, "meeting-changed", meeting => MeetingEditing.Running(meeting, read is null ? faults : MeetingRules.Keep(read.Registration, taken)),
            meeting => meeting with
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
                Registration = read.Registration,
            }, Public, cancel);
    }

    public Task<Edited<Meeting>> CancelAsync(string code, string? reason, string? seen, string by, CancellationToken cancel)
    {
        var text = PlainText.Text(reason);
        var now = clock.GetCurrentInstant();
        return editing.RunAsync(
            code, seen, by, "meeting-cancelled",
            _ => text.Length == 0 ? [new Fault("reason", "ReasonMissing")] : text.Length > Meeting.AgendaLength ? [new Fault("reason", "TooLong", Meeting.AgendaLength)] : [],
            meeting => meeting.Cancelled?.Reason == text ? meeting : meeting with { Cancelled = new Cancellation(text, now) }, meeting => new { meeting.Cancelled!.Reason }, cancel);
    }

    public async Task<Edited<Meeting>> PublishAsync(string code, string? text, string? agreements, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        return await editing.RunAsync(
            code, seen, by, "minutes-published", meeting => MeetingEditing.Running(meeting, MeetingRules.ReadMinutes(text, agreements, meeting, cycle, now).Faults),
            meeting =>
            {
                var minutes = MeetingRules.ReadMinutes(text, agreements, meeting, cycle, now).Minutes!;
                return meeting.Minutes is { } known && known.Text == minutes.Text && known.Agreements.SequenceEqual(minutes.Agreements) ? meeting : meeting with { Minutes = minutes };
            },
            meeting => meeting.Minutes!, cancel);
    }

    private async Task<IReadOnlySet<string>> CodesAsync(Cycle cycle, CancellationToken cancel) =>
        (await institutions.ListAsync(cycle, cancel)).Select(institution => institution.Code).Concat((await themes.ListAsync(cycle, cancel)).Select(theme => theme.Code)).ToHashSet();

    private static object Public(Meeting meeting) => new
    {
        meeting.Kind,
        meeting.Activity,
        meeting.Title,
        meeting.Starts,
        meeting.Ends,
        meeting.Place,
        meeting.Territory,
        meeting.Institution,
        meeting.Theme,
        meeting.Spokesperson,
        meeting.Registration,
    };
}
