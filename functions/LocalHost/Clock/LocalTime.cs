namespace OpenGov.LocalHost.Clock;

internal static class LocalTime
{
    public static DateTimeOffset Of(DateTime wallClock, TimeZoneInfo zone)
    {
        var time = DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified);
        return new DateTimeOffset(time, zone.GetUtcOffset(time));
    }
}
