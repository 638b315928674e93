using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

public sealed class ShowStaffRequests(StaffGate gate, RequestDesk desk)
{
    [Function(nameof(ShowStaffRequests))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/requests")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<StaffRequestsPage>(new
        {
            Model = await desk.ReadAsync(cancel),
            Filter = NotaFilter.Of(request.Query),
            Done = request.Query["sent"].Count > 0 ? "Sent" : request.Query["closed"].Count > 0 ? "Closed" : request.Query["early"].Count > 0 ? "TooEarly" : null,
        });
}

/// <summary>Ends a round: the offices that did not answer can do so no more.</summary>
public sealed class EndRound(StaffGate gate, CloseRound close)
{
    [Function(nameof(EndRound))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/requests")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        if (RoundKey.Read(form["close"]) is not { } round)
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        var closed = await close.CloseAsync(round.Kind, round.Number, admission.Actor, cancel);
        return Page.See(request.HttpContext.Response, closed is null ? "/staff/requests?early=1" : "/staff/requests?closed=1");
    }
}
