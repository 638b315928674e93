using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Changes a meeting's row, and has everybody whom it concerns told once of every change.</summary>
public sealed class MeetingEditing(RecentMeetings recent, CurrentCycle cycles, Editing editing, TimeProvider clock)
{
    /// <param name="what">Names the event.</param>
    /// <param name="data">What the event keeps of the meeting as it is then.</param>
    public async Task<Edited<Meeting>> RunAsync(
        string code, string? seen, string by, string what, Func<Meeting, IReadOnlyList<Fault>> check, Func<Meeting, Meeting> how, Func<Meeting, object> data, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var edited = await editing.RunAsync(
            new RowPlace(Tables.Meetings, MeetingStore.PartitionOf(cycle), MeetingStore.RowOf(code)), seen, check,
            meeting => how(meeting) is var after && MeetingRules.IsMoved(after, meeting) ? after with { Sequence = meeting.Sequence + 1 } : after,
            (change, before, after) => change.Record(OfficialEvent.Of(what, code, data(after), by)).Then(Following(before, after, cycle)),
            cancel);
        recent.Forget();
        return edited;
    }

    /// <summary>What is wrong with a change of a meeting that may have been cancelled.</summary>
    public static IReadOnlyList<Fault> Running(Meeting meeting, IReadOnlyList<Fault> faults) =>
        meeting.Cancelled is not null ? [new Fault("title", "IsCancelled")] : faults;

    /// <summary>The reminder of a meeting as it is now.</summary>
    internal Effect Reminder(Meeting meeting, Cycle cycle) =>
        PlanNotices.Of($"notices!{cycle.Id}!{meeting.Code}!{meeting.Sequence}!{meeting.Guests.Count}", MeetingNotices.Plan(meeting, cycle, clock.GetCurrentInstant()));

    private IEnumerable<Effect> Following(Meeting before, Meeting after, Cycle cycle)
    {
        var (isMoved, hasMoreGuests) = (after.Sequence != before.Sequence, after.Guests.Count != before.Guests.Count);
        if (after.Guests.Count > 0 && (isMoved || hasMoreGuests))
        {
            yield return TellGuests.EffectOf(cycle, after);
        }
        if (after.Registration is not null && isMoved)
        {
            yield return TellRegistered.EffectOf(cycle, after);
        }
        if (after.Contacts.Count > 0 && (isMoved || after.Contacts.Count != before.Contacts.Count))
        {
            yield return TellContacts.EffectOf(cycle, after, isMoved);
        }
        if ((after.Guests.Count > 0 && (isMoved || hasMoreGuests)) || (after.Registration is not null && (isMoved || before.Registration is null)))
        {
            yield return Reminder(after, cycle);
        }
    }
}
