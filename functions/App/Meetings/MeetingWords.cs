using System.Globalization;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Meetings;

public static class MeetingWords
{
    /// <summary>"jueves 2 de mayo de 2019, 09:00–12:00".</summary>
    public static string When(Meeting meeting) =>
        $"{DateWords.Day(meeting.Starts.Date)}, {meeting.Starts.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)}–{meeting.Ends.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)}";
}
