using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Dev;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.Settings;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost.Join;

/// <summary>Mailbox, clock and queues are the first instance's: a joined one passes requests for them on.</summary>
internal sealed class DevProxy(Options options, FollowFirst follow, QueuePump queues, TimerFunctions timers)
{
    /// <summary>The first instance tells here when it sets its clock, and hears what is in hand.</summary>
    public const string FollowPath = "/dev/follow";
    private static readonly string[] PassedOn = ["Content-Type", "Accept", "Authorization"];
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(10) };

    public void Map(WebApplication app)
    {
        app.Map(FollowPath, branch => branch.Run(FollowAsync));
        app.Map("/dev", branch => branch.Run(http => DevRoutes.IsFromElsewhere(http) ? DevRoutes.StatusAsync(http, StatusCodes.Status403Forbidden) : PassAsync(http)));
        app.Map("/v3/mail/send", branch => branch.Run(PassAsync));
    }

    private async Task FollowAsync(HttpContext http)
    {
        if (DevRoutes.IsPage(http) || !HttpMethods.IsPost(http.Request.Method) || await http.Request.ReadFromJsonAsync<ClockState>() is not { } state)
        {
            await DevRoutes.StatusAsync(http, StatusCodes.Status403Forbidden);
            return;
        }
        follow.Follow(state);
        await http.Response.WriteAsJsonAsync(queues.InHand + new WorkInHand(timers.InHand, 0, 0));
    }

    private async Task PassAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(options.Join!, http.Request.PathBase + http.Request.Path + http.Request.QueryString));
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            request.Content = new StreamContent(http.Request.Body);
        }
        foreach (var name in PassedOn.Where(http.Request.Headers.ContainsKey))
        {
            var value = http.Request.Headers[name].ToString();
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
        try
        {
            using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding" and not "Date"))
            {
                http.Response.Headers[name] = values.ToArray();
            }
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        catch (HttpRequestException) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }
}
