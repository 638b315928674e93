using System.Globalization;
using System.Resources;
using NodaTime;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Cycles;

/// <summary>Dates written out in the current language, with weekday, and with hour and zone where a moment is meant.</summary>
public static class DateWords
{
    private static readonly ResourceManager Texts = new(typeof(CycleTexts));
    private static readonly LocalTime LastMinute = new(23, 59);

    /// <summary>"domingo 28 de abril de 2019", "Sunday, 28 April 2019".</summary>
    public static string Day(LocalDate date) => date.ToString(Text("DayPattern"), Names);

    /// <summary>Without the year, for what is near: "domingo 28 de abril", "Sunday, 28 April".</summary>
    public static string NearDay(LocalDate date) => date.ToString(Text("NearDayPattern"), Names);

    /// <summary>"domingo 28 de abril de 2019, 23:59 (hora de Panamá)".</summary>
    public static string Deadline(LocalDate date) => At(date, LastMinute);

    /// <summary>"martes 1 de octubre de 2019, 08:00 (hora de Panamá)".</summary>
    public static string Moment(Instant moment, DateTimeZone zone)
    {
        var local = moment.InZone(zone);
        return At(local.Date, local.TimeOfDay);
    }

    /// <summary>"Del lunes 14 de octubre de 2019 al viernes 18 de octubre de 2019", or the one day.</summary>
    public static string Span(LocalDate from, LocalDate to) =>
        from == to ? Day(from) : Text("FromTo").Replace("{0}", Day(from), StringComparison.Ordinal).Replace("{1}", Day(to), StringComparison.Ordinal);

    private static CultureInfo Names => CultureInfo.GetCultureInfo(Language.Current == Language.English ? "en-US" : "es-PA");

    private static string At(LocalDate date, LocalTime time) =>
        $"{Day(date)}, {time.ToString("HH:mm", CultureInfo.InvariantCulture)} ({Text("ZoneName")})";

    private static string Text(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}
