using System.Globalization;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost.Dev;

/// <summary>What a developer sees and steers; none of it exists with <c>--service</c>.</summary>
internal sealed class DevRoutes(Mailbox mailbox, Sandbox sandbox, TimeProvider clock, TimeZoneInfo zone, ClockAdvance advance, TimerFunctions timers, DevPages pages)
{
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'";

    public void Map(WebApplication app)
    {
        app.Map("/dev", branch => branch.Use(async (HttpContext http, RequestDelegate next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            http.Response.Headers.CacheControl = "no-store";
            if (!HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Origin is { Count: > 0 } origin
                && !origin.ToString().EndsWith($"://{http.Request.Host}", StringComparison.OrdinalIgnoreCase))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }
            await HandleAsync(http);
        }));
        app.Map("/v3/mail/send", branch => branch.Run(sandbox.SendAsync));
    }

    private Task HandleAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "" or "/") => HtmlAsync(http, pages.IndexAsync(http.RequestAborted)),
        ("GET", "/style.css") => DevPages.WriteStyleAsync(http),
        ("GET", "/mailbox") => HtmlAsync(http, Task.FromResult(pages.Mailbox(http.Request.Query["to"]))),
        ("GET", "/mail") => HtmlAsync(http, Task.FromResult(pages.Mail(http.Request.Query["id"]))),
        ("GET", "/mail.html") => MailHtmlAsync(http),
        ("GET", "/mailbox.json") => http.Response.WriteAsJsonAsync(mailbox.NewestFirst(http.Request.Query["to"].FirstOrDefault())),
        ("DELETE", "/mailbox") => EmptyAsync(http),
        ("GET", "/clock") => ClockAsync(http),
        ("POST", "/clock") => SetClockAsync(http),
        ("POST", "/faults") => FaultsAsync(http),
        ("POST", var path) when path?.StartsWith("/timers/", StringComparison.Ordinal) == true => TimerAsync(http, path["/timers/".Length..]),
        _ => StatusAsync(http, StatusCodes.Status404NotFound),
    };

    private async Task SetClockAsync(HttpContext http)
    {
        DateTimeOffset? target;
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        // curl says that everything it sends is a form.
        var isForm = !text.StartsWith('{');
        try
        {
            if (isForm)
            {
                var form = QueryHelpers.ParseQuery(text);
                target = Target(form.GetValueOrDefault("now"), form.GetValueOrDefault("advance"));
            }
            else
            {
                using var body = JsonDocument.Parse(text);
                string? Text(string name) => body.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
                target = Target(Text("now"), Text("advance"));
            }
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            target = null;
        }
        if (target is null)
        {
            await ProblemAsync(http, StatusCodes.Status400BadRequest, """Send {"now":"2019-10-01T08:00:00-05:00"} or {"advance":"P3D"}.""");
        }
        else if (!await advance.ToAsync(target.Value, http.RequestAborted))
        {
            await ProblemAsync(http, StatusCodes.Status409Conflict, "The clock does not go back.");
        }
        else if (isForm)
        {
            http.Response.Redirect("/dev");
        }
        else
        {
            await ClockAsync(http);
        }
    }

    private DateTimeOffset? Target(string? now, string? by) =>
        now is { Length: > 0 }
            ? DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) && HasZone(now)
                ? parsed
                : LocalTime.Of(DateTime.Parse(now, CultureInfo.InvariantCulture), zone)
            : by is { Length: > 0 } ? clock.GetUtcNow() + XmlConvert.ToTimeSpan(by) : null;

    private static bool HasZone(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);

    private Task ClockAsync(HttpContext http) =>
        http.Response.WriteAsJsonAsync(new { now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) });

    private async Task FaultsAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        sandbox.Plan(body.RootElement.GetProperty("sendgrid").Deserialize<List<Fault>>(JsonSerializerOptions.Web)!);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TimerAsync(HttpContext http, string name)
    {
        if (timers.All.FirstOrDefault(timer => timer.Function.Name == name) is not { } timer)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        await timers.TakeTurnAsync(http.RequestAborted);
        try
        {
            await timers.RunAsync(timer, late: false);
        }
        finally
        {
            timers.GiveTurnBack();
        }
        await (http.Request.HasFormContentType ? RedirectAsync(http) : StatusAsync(http, StatusCodes.Status204NoContent));
    }

    private async Task EmptyAsync(HttpContext http)
    {
        await mailbox.EmptyAsync();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task MailHtmlAsync(HttpContext http)
    {
        // A mail brings its own styles; the sandboxed frame that shows it runs nothing.
        http.Response.Headers.ContentSecurityPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
        return HtmlAsync(http, Task.FromResult(mailbox.Find(http.Request.Query["id"].ToString())?.Html ?? ""));
    }

    private static async Task HtmlAsync(HttpContext http, Task<string> html)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(await html);
    }

    private static Task ProblemAsync(HttpContext http, int status, string title)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { status, title }, JsonSerializerOptions.Web, "application/problem+json");
    }

    private static Task StatusAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task RedirectAsync(HttpContext http)
    {
        http.Response.Redirect("/dev");
        return Task.CompletedTask;
    }
}
