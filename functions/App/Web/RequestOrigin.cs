namespace OpenGov.Functions.Web;

/// <summary>
/// Whose page sent a request. Our pages have <c>Referrer-Policy: no-referrer</c>, so that browsers send
/// <c>Origin: null</c> with their forms, and say in <c>Sec-Fetch-Site</c> whose form it is.
/// </summary>
public static class RequestOrigin
{
    private const string Opaque = "null";
    private const string SameOrigin = "same-origin";

    /// <summary>For what relies on a cookie: it must be known to come from this site.</summary>
    public static bool IsOurs(HttpRequest request, Site site)
    {
        var origin = request.Headers.Origin.ToString();
        return string.Equals(origin, site.Origin, StringComparison.OrdinalIgnoreCase)
            || (origin == Opaque && request.Headers["Sec-Fetch-Site"].ToString() == SameOrigin);
    }

    /// <summary>For what relies on no cookie: it must not be known to come from another site.</summary>
    public static bool IsForeign(HttpRequest request, Site site)
    {
        var origin = request.Headers.Origin.ToString();
        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            || (origin.Length > 0 && origin != Opaque && !string.Equals(origin, site.Origin, StringComparison.OrdinalIgnoreCase));
    }

    public static bool ChangesSomething(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
}
