using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace OpenGov.Functions.Cycles;

/// <summary>The chronogram as a calendar: one all-day event an activity, in the current language.</summary>
public static class ChronogramCalendar
{
    private const string Product = "-//OpenGov.Functions//Chronogram//ES";

    /// <param name="page">The chronogram's page, where an event leads back to.</param>
    public static string Of(Cycle cycle, Uri page, string description)
    {
        var calendar = new Calendar { ProductId = Product, Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", cycle.Name.ToString());
        calendar.AddProperty("X-WR-TIMEZONE", cycle.TimeZone);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT12H");
        foreach (var activity in cycle.Activities)
        {
            calendar.Events.Add(Event(cycle, activity, page, description));
        }
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalendarEvent Event(Cycle cycle, Activity activity, Uri page, string description) => new()
    {
        Uid = $"{cycle.Id}-{activity.Key}@{page.Host}",
        // The day of the load, and the version as sequence: the same file until the dates change.
        DtStamp = new CalDateTime(cycle.LoadedAt.ToDateTimeUtc(), "UTC"),
        Sequence = cycle.Version,
        Start = Day(activity.Opens),
        // The end of an all-day event is the day after its last.
        End = Day(activity.Closes.PlusDays(1)),
        Summary = $"{activity.Number}. {activity.Title}",
        Description = $"{string.Format(System.Globalization.CultureInfo.CurrentCulture, description, activity.Responsible, activity.Label, DateWords.Deadline(activity.Closes))}\n{page}#{activity.Key}",
        Url = new Uri(page, $"#{activity.Key}"),
        // An activity of two months must not make anyone look busy.
        Transparency = TransparencyType.Transparent,
    };

    private static CalDateTime Day(LocalDate date) => new(date.Year, date.Month, date.Day);
}
