using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

public sealed class ShowStaffRequests(StaffGate gate, RequestDesk desk, NotaList list)
{
    [Function(nameof(ShowStaffRequests))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/requests")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var model = await desk.ReadAsync(cancel);
        return Page.Of<StaffRequestsPage>(new
        {
            Model = model,
            List = list.Of(model, ListQuery.Of(request.Query)),
            Done = request.Query["sent"].Count > 0 ? "Sent" : request.Query["closed"].Count > 0 ? "Closed" : request.Query["early"].Count > 0 ? "TooEarly" : null,
            Acted = int.TryParse(request.Query["acted"], out var done) && int.TryParse(request.Query["left"], out var left) ? (done, left) : ((int, int)?)null,
        });
    }
}

/// <summary>What closing a round would do: it is looked at before it is done.</summary>
public sealed class ShowRoundClosing(StaffGate gate, RoundClosingDesk desk)
{
    [Function(nameof(ShowRoundClosing))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/rounds/{round}")] HttpRequest request, string round, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Organiser, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return RoundKey.Read(round) is { } key && await desk.FindAsync(key, cancel) is { } closing
            ? Page.Of<RoundClosingPage>(new { Model = closing, Query = request.QueryString.Value ?? "" })
            : Page.Error(StatusCodes.Status404NotFound);
    }
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
        if (RoundKey.Read(admission.Form["close"]) is not { } round)
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        var closed = await close.CloseAsync(round.Kind, round.Number, admission.Actor, cancel);
        return Page.See(request.HttpContext.Response, $"/staff/requests{request.QueryString.Add(closed is null ? "early" : "closed", "1")}");
    }
}
