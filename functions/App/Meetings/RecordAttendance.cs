using OpenGov.Functions.Cycles;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Meetings;

/// <param name="Others">Who came without having registered, by sector.</param>
/// <param name="Guests">Mailboxes of guests who came.</param>
/// <param name="Registered">Codes of the registrations whose people came.</param>
public sealed record TypedAttendance(Func<string, string?> Others, IReadOnlyCollection<string> Guests, IReadOnlyCollection<string> Registered);

/// <summary>Who came: those who registered are marked, and the others are counted.</summary>
public sealed class RecordAttendance(RegistrationStore registrations, CurrentCycle cycles, MeetingEditing editing)
{
    public async Task<Edited<Meeting>> RunAsync(string code, TypedAttendance typed, string? seen, string by, CancellationToken cancel)
    {
        var present = (await registrations.ListAsync(await cycles.GetAsync(cancel), code, cancel)).Where(registrant => typed.Registered.Contains(registrant.Code)).ToList();
        var (others, faults) = MeetingRules.ReadAttendance(typed.Others);
        return await editing.RunAsync(
            code, seen, by, "meeting-attended", meeting => MeetingEditing.Running(meeting, faults),
            meeting => meeting with
            {
                Attendance = others,
                Present = RegistrationRules.Count(present),
                PresentCodes = [.. present.Select(registrant => registrant.Code)],
                Came = [.. meeting.Guests.Select(guest => guest.Mailbox).Where(typed.Guests.Contains)],
            },
            meeting => new { Attendance = meeting.BySector, Registered = meeting.Present, ByName = meeting.Came.Count }, cancel);
    }
}
