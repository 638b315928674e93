using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

public sealed class ShowImport(StaffGate gate)
{
    [Function(nameof(ShowImport))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/import")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<ImportPage>(new { Model = new ImportModel(StaffImports.All.FirstOrDefault(what => what == request.Query["what"])) });
}

/// <summary>Shows what a file would do, by row, and applies it once that was seen; what was chosen or pasted stays.</summary>
public sealed class ImportFromPage(StaffGate gate, ImportDesk desk)
{
    [Function(nameof(ImportFromPage))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/import")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.ImportOnPage, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = await TypedImport.OfAsync(admission.Form, cancel);
        var model = admission.Form["step"] == "apply"
            ? await desk.ApplyAsync(typed, admission.Form["seen"].ToString(), admission.Actor, cancel)
            : await desk.PreviewAsync(typed, admission.Actor, cancel);
        return Page.Of<ImportPage>(
            new { Model = model },
            model.IsOvertaken ? StatusCodes.Status409Conflict
                : model.Result is null && (model.Faults.Count > 0 || model.Preview is { Errors.Count: > 0 }) ? StatusCodes.Status400BadRequest
                : StatusCodes.Status200OK);
    }
}
