using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>The page behind the mailed link: a program that opens it withdraws nothing.</summary>
public sealed class ShowWithdrawal(MeetingStore meetings, RegistrationStore store, RegistrationLinks links, CurrentCycle cycles)
{
    [Function(nameof(ShowWithdrawal))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "meetings/withdraw")] HttpRequest request, CancellationToken cancel)
    {
        var token = request.Query["t"].ToString();
        var cycle = await cycles.GetAsync(cancel);
        return links.Read(token) is { } read && await meetings.FindAsync(cycle, read.Meeting, cancel) is { } meeting && await store.FindAsync(cycle, read.Meeting, read.Code, cancel) is { Record.Person: not null }
            ? Page.Of<WithdrawalPage>(new { Meeting = meeting, State = "Asked", Token = token })
            : Page.Of<WithdrawalPage>(new { State = "Gone" }, StatusCodes.Status404NotFound);
    }
}

public sealed class SendWithdrawal(WithdrawRegistration withdraw, MeetingStore meetings, RegistrationLinks links, CurrentCycle cycles)
{
    [Function(nameof(SendWithdrawal))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings/withdraw")] HttpRequest request, CancellationToken cancel)
    {
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        return links.Read(form["t"]) is { } read && await meetings.FindAsync(await cycles.GetAsync(cancel), read.Meeting, cancel) is { } meeting
            ? Page.Of<WithdrawalPage>(new { Meeting = meeting, State = $"{await withdraw.RunAsync(read.Meeting, read.Code, by: null, cancel)}" })
            : Page.Of<WithdrawalPage>(new { State = "Gone" }, StatusCodes.Status404NotFound);
    }
}
