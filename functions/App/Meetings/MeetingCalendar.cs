using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Meetings as a calendar's file. A change has the same UID and a higher sequence: calendars move what they hold.</summary>
public static class MeetingCalendar
{
    private const string Product = "-//OpenGov.Functions//Meetings//ES";

    /// <param name="organizer">The address of ANTAI's mailbox; null where the file is public.</param>
    /// <param name="guest">Whom the file invites; null where it is public.</param>
    /// <param name="comes">The guest said so already.</param>
    public static string Of(IEnumerable<Meeting> meetings, Cycle cycle, Site site, string? organizer = null, string? guest = null, bool comes = false)
    {
        var calendar = new Calendar { ProductId = Product };
        foreach (var meeting in meetings)
        {
            calendar.Method = guest is null ? "PUBLISH" : meeting.Cancelled is null ? "REQUEST" : "CANCEL";
            calendar.Events.Add(Event(meeting, cycle, site, organizer, guest, comes));
        }
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalendarEvent Event(Meeting meeting, Cycle cycle, Site site, string? organizer, string? guest, bool comes)
    {
        var page = new Uri(site.Address(cycle.AddressOf($"/meetings/{meeting.Code}")));
        var calendarEvent = new CalendarEvent
        {
            Uid = $"{cycle.Id}-{meeting.Code}@{page.Host}",
            // The same file until the meeting changes.
            DtStamp = At(cycle.LoadedAt),
            Sequence = meeting.Sequence,
            Status = meeting.Cancelled is null ? "CONFIRMED" : "CANCELLED",
            Start = At(meeting.Starts.InZoneLeniently(cycle.Zone).ToInstant()),
            End = At(meeting.Ends.InZoneLeniently(cycle.Zone).ToInstant()),
            Summary = meeting.Title,
            Location = meeting.Place,
            Description = $"{meeting.Agenda}\n{meeting.Link}\n{page}".Replace("\n\n", "\n", StringComparison.Ordinal).Trim(),
            Url = page,
        };
        if (organizer is not null && guest is not null)
        {
            calendarEvent.Organizer = new Organizer($"mailto:{organizer}");
            calendarEvent.Attendees.Add(new Attendee($"mailto:{guest}") { Role = "REQ-PARTICIPANT", ParticipationStatus = comes ? "ACCEPTED" : "NEEDS-ACTION" });
        }
        return calendarEvent;
    }

    private static CalDateTime At(Instant moment) => new(moment.ToDateTimeUtc(), "UTC");
}
