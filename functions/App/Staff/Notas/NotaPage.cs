using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

public sealed class ShowStaffRequest(StaffGate gate, RequestDesk desk)
{
    [Function(nameof(ShowStaffRequest))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/requests/{id}")] HttpRequest request, string id, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? (await desk.PageAsync(id, cancel) is { } model
            ? Page.Of<StaffRequestPage>(new { Model = model with { Done = request.Query["done"].ToString() is var done && ActOnNota.Knows(done) ? done : null } })
            : Page.Error(StatusCodes.Status404NotFound));
}

public sealed class ActOnNotaFromPage(StaffGate gate, RequestDesk desk, ActOnNota acts)
{
    [Function(nameof(ActOnNotaFromPage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/requests/{id}")] HttpRequest request, string id, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.ScanOnPage, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var typed = TypedAct.Of(form["act"].ToString(), form);
        if (!ActOnNota.Knows(typed.Act))
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        var outcome = await acts.DoAsync(id, typed, admission.Actor, cancel);
        return outcome.Acting switch
        {
            Acting.Done => Page.See(request.HttpContext.Response, $"/staff/requests/{id}?done={typed.Act}"),
            Acting.Unknown => Page.Error(StatusCodes.Status404NotFound),
            var acting => Page.Of<StaffRequestPage>(
                new { Model = (await desk.PageAsync(id, cancel))! with { Typed = typed, Outcome = outcome } },
                acting is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict),
        };
    }
}
