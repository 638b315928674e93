using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>Mails a link to who is on staff. The answer, and the time it takes, is the same for everyone.</summary>
public sealed class RequestSignIn(StaffDirectory directory, SessionStore sessions, Site site)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(300);

    [Function(nameof(RequestSignIn))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/sign-in")] HttpRequest request, CancellationToken cancel)
    {
        if (RequestOrigin.IsForeign(request, site))
        {
            return Page.Error(StatusCodes.Status403Forbidden);
        }
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        if (string.IsNullOrWhiteSpace(form["email"]))
        {
            return Page.Of<SignInPage>(new { State = SignInState.AddressMissing }, StatusCodes.Status400BadRequest);
        }
        var mailing = directory.Find(form["email"]) is { } member ? sessions.MailLinkAsync(member, cancel) : Task.CompletedTask;
        await Task.WhenAll(mailing, Task.Delay(Least, cancel));
        return Page.Of<SignInPage>(new { State = SignInState.Asked });
    }
}
