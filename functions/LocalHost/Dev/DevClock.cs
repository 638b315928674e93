using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OpenGov.LocalHost.Clock;

namespace OpenGov.LocalHost.Dev;

/// <summary>Tells the time and sets it forward, for a form as for a program.</summary>
internal sealed class DevClock(VirtualClock clock, TimeZoneInfo zone, ClockAdvance advance)
{
    private const string Usage = """Send {"now":"2019-10-01T08:00:00-05:00"} or {"advance":"P3D"}.""";

    public Task ShowAsync(HttpContext http) => http.Response.WriteAsJsonAsync(new { now = LocalTime.Write(clock.GetUtcNow(), zone) });

    public async Task SetAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = (await reader.ReadToEndAsync(http.RequestAborted)).Trim();
        // curl says that everything it sends is a form.
        var isForm = !text.StartsWith('{');
        var (now, by) = isForm ? ReadForm(text) : ReadJson(text);
        if (Target(now, by) is not { } target)
        {
            await DevRoutes.ProblemAsync(http, StatusCodes.Status400BadRequest, Usage);
            return;
        }
        bool forward;
        try
        {
            forward = await advance.ToAsync(target, http.RequestAborted);
        }
        catch (ArgumentOutOfRangeException)
        {
            await DevRoutes.ProblemAsync(http, StatusCodes.Status400BadRequest, "No calendar reaches that far.");
            return;
        }
        if (!forward)
        {
            await DevRoutes.ProblemAsync(http, StatusCodes.Status400BadRequest, $"The clock does not go back: it is {LocalTime.Write(clock.GetUtcNow(), zone)}.");
        }
        else if (isForm)
        {
            http.Response.Redirect("/dev");
        }
        else
        {
            await ShowAsync(http);
        }
    }

    private Func<DateTimeOffset, DateTimeOffset>? Target(string? now, string? by)
    {
        if (!string.IsNullOrEmpty(now))
        {
            return LocalTime.Parse(now, zone) is { } time ? _ => time : null;
        }
        try
        {
            return string.IsNullOrEmpty(by) ? null : XmlConvert.ToTimeSpan(by) is var period ? from => from + period : null;
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static (string? Now, string? By) ReadForm(string text)
    {
        var form = QueryHelpers.ParseQuery(text);
        return (form.GetValueOrDefault("now"), form.GetValueOrDefault("advance"));
    }

    private static (string? Now, string? By) ReadJson(string text)
    {
        try
        {
            using var body = JsonDocument.Parse(text);
            string? Text(string name) => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return (Text("now"), Text("advance"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }
}
