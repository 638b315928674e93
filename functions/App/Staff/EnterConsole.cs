using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>Mail scanners open links: opening one signs nobody in.</summary>
public sealed class ShowEntrance(Links links, TimeProvider clock)
{
    [Function(nameof(ShowEntrance))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/enter")] HttpRequest request)
    {
        var token = request.Query["t"].ToString();
        return links.Read(token, LinkPurpose.SignIn, clock.GetUtcNow()) is null ? EnterConsole.Refused() : Page.Of<EntrancePage>(new { Token = token });
    }
}

/// <summary>The button behind the link: it works once, and opens a new session.</summary>
public sealed class EnterConsole(
    Links links, SessionStore sessions, SessionCookie cookie, StaffGate gate, StaffDirectory directory, Site site, TimeProvider clock)
{
    [Function(nameof(EnterConsole))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/enter")] HttpRequest request, CancellationToken cancel)
    {
        if (RequestOrigin.IsForeign(request, site))
        {
            return Page.Error(StatusCodes.Status403Forbidden);
        }
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        if (links.Read(form["t"], LinkPurpose.SignIn, clock.GetUtcNow()) is not { } link
            || directory.Find(await sessions.AddressOfLinkAsync(link.Subject, cancel)) is not { } member)
        {
            return Refused();
        }
        // A link for somebody else is not used over a session that is still open.
        if (await gate.FindAsync(request, cancel) is { } present && present != member)
        {
            return Page.Of<OtherMemberPage>(StatusCodes.Status403Forbidden);
        }
        if (await sessions.OpenAsync(link.Subject, cancel) is not { } key)
        {
            return Refused();
        }
        if (cookie.Read(request) is { } earlier)
        {
            await sessions.EndAsync(earlier, cancel);
        }
        cookie.Set(request.HttpContext.Response, key);
        return Page.See(request.HttpContext.Response, "/staff");
    }

    /// <summary>One page for a link that is forged, used or too old.</summary>
    internal static IResult Refused() => Page.Of<SignInPage>(new { State = SignInState.LinkRefused }, StatusCodes.Status400BadRequest);
}
