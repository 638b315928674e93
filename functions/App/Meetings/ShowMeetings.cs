using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Meetings.HighLevel;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

public sealed class ShowMeetings(RecentMeetings meetings, RecentRegistrations registrations, ForumStore forum, HighLevelMap highLevel, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowMeetings))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "meetings")] HttpRequest request, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var (taken, now) = (await registrations.GetAsync(cycle, cancel), clock.GetCurrentInstant());
        return Page.Of<MeetingListPage>(new
        {
            Cycle = cycle,
            Meetings = await meetings.GetAsync(cycle, cancel),
            HighLevel = await highLevel.ReadAsync(cycle, cancel),
            Members = await forum.ListAsync(cycle, cancel),
            Rules = await forum.FindRulesAsync(cycle, cancel),
            StateOf = (Func<Meeting, RegistrationState>)(meeting => RegistrationRules.StateOf(meeting, taken.GetValueOrDefault(meeting.Code), now, cycle)),
            Now = now.InZone(cycle.Zone).LocalDateTime,
        });
    }
}

public sealed class ShowMeeting(RecentMeetings meetings, RecentThemes themes, RecentRegistrations registrations, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowMeeting))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "meetings/{code:length(5)}")] HttpRequest request, string code, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle
            || (await meetings.GetAsync(cycle, cancel)).FirstOrDefault(meeting => meeting.Code == code) is not { } meeting)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var taken = (await registrations.GetAsync(cycle, cancel)).GetValueOrDefault(code);
        return Page.Of<MeetingPage>(new
        {
            Cycle = cycle,
            Meeting = meeting,
            Theme = (await themes.GetAsync(cycle, cancel)).FirstOrDefault(theme => theme.Code == meeting.Theme),
            Taken = taken,
            State = RegistrationRules.StateOf(meeting, taken, clock.GetCurrentInstant(), cycle),
        });
    }
}

public sealed class DownloadMeeting(RecentMeetings meetings, CurrentCycle cycles, Site site)
{
    [Function(nameof(DownloadMeeting))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "meetings/{code:length(5)}/calendar.ics")] HttpRequest request, string code, CancellationToken cancel) =>
        await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is { } cycle
            && (await meetings.GetAsync(cycle, cancel)).FirstOrDefault(meeting => meeting.Code == code) is { } meeting
            ? Results.Text(MeetingCalendar.Of([meeting], cycle, site), "text/calendar; charset=utf-8")
            : Page.Error(StatusCodes.Status404NotFound);
}
