using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class SessionCookie(Site site)
{
    /// <summary>A browser takes the prefix from a secure site alone, and then from no other host.</summary>
    public string Name => site.IsSecure ? "__Host-session" : "session";

    public SessionKey? Read(HttpRequest request) => SessionKey.Read(request.Cookies[Name]);

    public void Set(HttpResponse response, SessionKey key) =>
        response.Cookies.Append(Name, key.ToString(), Options(StaffSession.Life.ToTimeSpan()));

    public void Clear(HttpResponse response) => response.Cookies.Append(Name, "", Options(TimeSpan.Zero));

    // Max-Age and never Expires: the browser's clock is not the domain's.
    private CookieOptions Options(TimeSpan age) =>
        new() { Path = "/", HttpOnly = true, Secure = site.IsSecure, SameSite = SameSiteMode.Lax, MaxAge = age };
}
