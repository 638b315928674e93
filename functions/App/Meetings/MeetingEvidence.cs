using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Meetings.Registration;

namespace OpenGov.Functions.Meetings;

/// <summary>Every meeting that was not cancelled, with how many registered and came.</summary>
public sealed class MeetingEvidence(MeetingStore meetings, RegistrationStore registrations, IStringLocalizer<MeetingTexts> texts) : IActivityEvidence
{
    public async Task<IReadOnlyList<Evidence>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var registered = await registrations.CountAsync(cycle, cancel);
        return
        [
            .. (await meetings.ListAsync(cycle, cancel)).Where(meeting => meeting.Cancelled is null)
                .Select(meeting => new Evidence(meeting.Activity, Words(meeting, registered.GetValueOrDefault(meeting.Code)), meeting.Starts.Date, $"/meetings/{meeting.Code}")),
        ];
    }

    private string Words(Meeting meeting, int registered) =>
        registered > 0 ? texts["EvidenceRegistered", meeting.Title, registered, meeting.Attended]
        : meeting.Attended > 0 ? texts["EvidenceAttended", meeting.Title, meeting.Attended]
        : meeting.Title;
}
