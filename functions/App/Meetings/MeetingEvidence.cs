using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Meetings;

public sealed class MeetingEvidence(MeetingStore meetings) : IActivityEvidence
{
    public async Task<IReadOnlyList<Evidence>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        [.. (await meetings.ListAsync(cycle, cancel)).Where(meeting => meeting.Cancelled is null).Select(meeting => new Evidence(meeting.Activity, meeting.Title, meeting.Starts.Date, $"/meetings/{meeting.Code}"))];
}
