using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace OpenGov.Functions.Web;

/// <summary>
/// Chooses the language and executes the function's result. The runtime would execute it after all middleware:
/// by then the language is forgotten, and a page that throws escapes the error page.
/// </summary>
public sealed class ExecuteResult(Site site) : IFunctionsWorkerMiddleware
{
    private static readonly TimeSpan RememberLanguage = TimeSpan.FromDays(365);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }
        var language = Language.Of(http.Request);
        Language.Use(language);
        if (http.Request.Query["lang"] == language)
        {
            http.Response.Cookies.Append(Language.Cookie, language, new CookieOptions
            {
                MaxAge = RememberLanguage,
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                Secure = site.IsSecure,
            });
        }
        await next(context);
        var result = context.GetInvocationResult();
        if (result.Value is IResult answer)
        {
            result.Value = Results.Empty;
            await answer.ExecuteAsync(http);
        }
    }
}
