using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Join;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Storage;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost.Dev;

/// <summary>What a developer sees and steers; none of it exists with <c>--service</c>.</summary>
internal sealed class DevRoutes(
    Mailbox mailbox, Sandbox sandbox, VirtualClock clock, DevClock devClock, TimerFunctions timers, DevPages pages, StorageAccount account,
    EventPost events, JoinedInstances joined, IConfiguration configuration)
{
    private const string Policy = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'";
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    public void Map(WebApplication app)
    {
        app.Map("/dev", branch => branch.Run(http =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            http.Response.Headers.CacheControl = "no-store";
            return IsFromElsewhere(http) ? StatusAsync(http, StatusCodes.Status403Forbidden) : HandleAsync(http);
        }));
        app.Map("/v3/mail/send", branch => branch.Run(sandbox.SendAsync));
    }

    /// <summary>Another site's page must not steer this one.</summary>
    public static bool IsFromElsewhere(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Origin is { Count: > 0 } origin
        && !origin.ToString().EndsWith($"://{http.Request.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>A browser asks, or a name that is not this machine's own.</summary>
    public static bool IsPage(HttpContext http) =>
        !LoopbackNames.Contains(http.Request.Host.Host) || http.Request.Headers.ContainsKey("Sec-Fetch-Site") || http.Request.Headers.ContainsKey("Origin");

    public static Task StatusAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public static Task ProblemAsync(HttpContext http, int status, string title)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { status, title }, JsonSerializerOptions.Web, "application/problem+json");
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
        ("GET", "/clock") => devClock.ShowAsync(http),
        ("POST", "/clock") => devClock.SetAsync(http),
        ("POST", "/faults") => FaultsAsync(http),
        ("POST", "/events") => EventsAsync(http),
        ("GET", "/join") => JoinAsync(http),
        ("POST", var path) when path?.StartsWith("/timers/", StringComparison.Ordinal) == true => TimerAsync(http, path["/timers/".Length..]),
        _ => StatusAsync(http, StatusCodes.Status404NotFound),
    };

    private async Task FaultsAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        if (FaultPlan.Read(await reader.ReadToEndAsync(http.RequestAborted), out var problem) is not { } plan)
        {
            await ProblemAsync(http, StatusCodes.Status400BadRequest, problem);
            return;
        }
        sandbox.Plan(plan);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Signs any batch of events and posts it to the app, whose answer it gives.</summary>
    private async Task EventsAsync(HttpContext http)
    {
        using var batch = new MemoryStream();
        await http.Request.Body.CopyToAsync(batch, http.RequestAborted);
        if (await events.PostAsync(batch.ToArray(), http.RequestAborted) is not { } answer)
        {
            await ProblemAsync(http, StatusCodes.Status409Conflict, "The app takes no events of this sandbox: see LocalHost__SendGridEvents and SendGrid__WebhookPublicKey.");
            return;
        }
        http.Response.StatusCode = (int)answer;
    }

    /// <summary>Has the key of the account in it: for a program on this machine, never for a page, whatever name it came by.</summary>
    private Task JoinAsync(HttpContext http)
    {
        if (IsPage(http))
        {
            return StatusAsync(http, StatusCodes.Status403Forbidden);
        }
        joined.HearOf(http.Request.Query["at"]);
        return http.Response.WriteAsJsonAsync(new FirstInstance(account.ConnectionString, clock.Look(), configuration["SendGrid:WebhookPublicKey"]), JsonSerializerOptions.Web);
    }

    private async Task TimerAsync(HttpContext http, string name)
    {
        if (timers.All.FirstOrDefault(timer => timer.Function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } timer)
        {
            await ProblemAsync(http, StatusCodes.Status404NotFound, $"There is no timer of that name: {string.Join(", ", timers.All.Select(known => known.Function.Name))}.");
            return;
        }
        await timers.RunNowAsync(timer, http.RequestAborted);
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            http.Response.Redirect("/dev");
            return;
        }
        http.Response.StatusCode = StatusCodes.Status204NoContent;
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
}
