using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace OpenGov.Functions.Web;

/// <summary>
/// Set before the function runs, so that they arrive on errors too. Nothing may be cached unless a function says
/// so; nothing is sent as Referer, because links carry tokens.
/// </summary>
public sealed class SecurityHeaders(Site site) : IFunctionsWorkerMiddleware
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext()?.Response.Headers is { } headers)
        {
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers.CacheControl = "no-store";
            if (site.IsSecure)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }
        }
        return next(context);
    }
}
