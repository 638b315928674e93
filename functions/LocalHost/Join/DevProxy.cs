using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenGov.LocalHost.Dev;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost.Join;

/// <summary>Mailbox, clock and queues are the first instance's: a joined one passes requests for them on.</summary>
internal sealed class DevProxy(Options options)
{
    private static readonly string[] PassedOn = ["Content-Type", "Accept", "Authorization"];
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(10) };

    public void Map(WebApplication app)
    {
        app.Map("/dev", branch => branch.Run(http => DevRoutes.IsFromElsewhere(http) ? DevRoutes.StatusAsync(http, StatusCodes.Status403Forbidden) : PassAsync(http)));
        app.Map("/v3/mail/send", branch => branch.Run(PassAsync));
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
