using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

public sealed class ShowBatch(StaffGate gate, IntakeDesk desk, PaperIntake intake)
{
    [Function(nameof(ShowBatch))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/intake/{id:length(16)}")] HttpRequest request, string id, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return BatchId.IsOne(id) && await intake.PreviewAsync(id, cancel) is { } preview
            ? Page.Of<BatchPage>(new { Model = await desk.ModelAsync(preview, cancel) })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>Keeps what was typed in the rows and, where that was asked for, registers them.</summary>
public sealed class ChangeBatch(StaffGate gate, IntakeDesk desk, PaperIntake intake)
{
    [Function(nameof(ChangeBatch))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/intake/{id:length(16)}")] HttpRequest request, string id, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Import, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        if (!BatchId.IsOne(id))
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var (response, step) = (request.HttpContext.Response, form["step"].ToString());
        if (step == "discard")
        {
            return Page.See(response, await intake.DiscardAsync(id, cancel) ? "/staff/intake" : $"/staff/intake/{id}");
        }
        var preview = await intake.ChangeAsync(id, IntakeDesk.ChangesOf(form), form["consentAll"] == "true", cancel);
        if (preview is not null && step is "register" or "register-right")
        {
            preview = await intake.RegisterAsync(id, partial: step == "register-right", admission.Actor, cancel);
        }
        return preview is null ? Page.Error(StatusCodes.Status404NotFound)
            : step is "check" ? Page.See(response, $"/staff/intake/{id}")
            : preview.In(PaperState.Ready).Any() || !preview.In(PaperState.Registered).Any()
                ? Page.Of<BatchPage>(new { Model = await desk.ModelAsync(preview, cancel), NotRegistered = true }, StatusCodes.Status400BadRequest)
            : Page.See(response, $"/staff/intake/{id}/codes");
    }
}

internal static class BatchId
{
    /// <summary>What is not is never looked up.</summary>
    public static bool IsOne(string id) => id.Length == PaperBatch.IdLength && id.All(char.IsAsciiHexDigitLower);
}
