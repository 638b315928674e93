using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>Ends the session in the store: a copy of the cookie is worth nothing afterwards.</summary>
public sealed class SignOut(StaffGate gate, SessionStore sessions, SessionCookie cookie)
{
    [Function(nameof(SignOut))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/sign-out")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        await sessions.EndAsync(cookie.Read(request)!, cancel);
        cookie.Clear(request.HttpContext.Response);
        return Page.See(request.HttpContext.Response, "/staff");
    }
}
