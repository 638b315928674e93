using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Offices;

public sealed class ShowInstitutions(StaffGate gate, OfficeDesk desk)
{
    [Function(nameof(ShowInstitutions))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/institutions")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<InstitutionsPage>(new { List = await desk.ViewAsync(ListQuery.Of(request.Query), cancel) });
}

public sealed class ShowOffice(StaffGate gate, OfficeDesk desk)
{
    [Function(nameof(ShowOffice))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/institutions/{code}")] HttpRequest request, string code, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? (await desk.FindAsync(code, cancel) is { } model
            ? Page.Of<OfficePage>(new { Model = model with { IsDone = request.Query["done"].Count > 0 } })
            : Page.Error(StatusCodes.Status404NotFound));
}

public sealed class ChangeOfficeFromPage(StaffGate gate, OfficeDesk desk)
{
    [Function(nameof(ChangeOfficeFromPage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/institutions/{code}")] HttpRequest request, string code, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var typed = new TypedChange(
            form["act"].ToString(), form["title"], form["name"], form["acting"] == "true", form["mailbox"], form["secretariat"], form["from"], form["seen"]);
        if (desk.ChangeAsync(code, typed, admission.Actor, cancel) is not { } changing)
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        return await changing switch
        {
            OfficeChanging.Done => Page.See(request.HttpContext.Response, $"/staff/institutions/{code}?done=1"),
            OfficeChanging.Unknown => Page.Error(StatusCodes.Status404NotFound),
            var outcome => Page.Of<OfficePage>(
                new { Model = (await desk.FindAsync(code, cancel))! with { Typed = typed, Outcome = outcome } },
                outcome is OfficeChanging.Invalid ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict),
        };
    }
}
