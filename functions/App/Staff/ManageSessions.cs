using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>A member's own sessions: who forgot to sign out elsewhere ends them here.</summary>
public sealed class ShowSessions(StaffGate gate, SessionStore sessions, SessionCookie cookie, CurrentCycle cycles)
{
    [Function(nameof(ShowSessions))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/sessions")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<SessionsPage>(new { Sessions = await sessions.ListAsync(cookie.Read(request)!, cancel), Zone = (await cycles.GetAsync(cancel)).Zone, Ended = request.Query["ended"].Count > 0 });
}

public sealed class EndOtherSessions(StaffGate gate, SessionStore sessions, SessionCookie cookie)
{
    [Function(nameof(EndOtherSessions))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/sessions")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        await sessions.EndOthersAsync(cookie.Read(request)!, cancel);
        return Page.See(request.HttpContext.Response, "/staff/sessions?ended=1");
    }
}
