using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>
/// What staff do to a nota, each as a form: extend (due, reason), reissue (due, reason), annul (reason), paper-answer (the
/// fields of the nota's own page, received, signed, and the file scan). seen is the revision that was looked at.
/// </summary>
public sealed class ActOnNotaByApi(StaffGate gate, ActOnNota acts, IStringLocalizer<NotasTexts> texts)
{
    [Function(nameof(ActOnNotaByApi))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/staff/requests/{id}/{act}")] HttpRequest request, string id, string act, CancellationToken cancel)
    {
        var admission = await gate.RequireAsync(request, StaffRole.Organiser, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (!ActOnNota.Knows(act))
        {
            return Unknown();
        }
        var limit = act == TypedAct.Paper ? BodyLimits.Scan : BodyLimits.Public;
        if (await Body.ReadFormAsync(request, limit, cancel) is not { } form)
        {
            return Body.StatusWithoutForm(request) == StatusCodes.Status413PayloadTooLarge
                ? Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", texts["TooLarge", $"{limit / 1024} KiB"])
                : Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", texts["SendForm"]);
        }
        var (acting, errors) = await acts.DoAsync(id, TypedAct.Of(act, form), admission.Actor, cancel);
        return acting switch
        {
            null => Problems.Of(
                StatusCodes.Status400BadRequest, "invalid", texts["CheckTitle"],
                errors.GroupBy(error => error.Field).ToDictionary(field => field.Key, field => field.Select(error => error.Message).ToArray())),
            Acting.Done(var nota) => Results.Json(new { nota.Id, nota.Number, nota.Due, nota.Revision, nota.Generation, nota.Confirmations }, Json.Options),
            Acting.Overtaken(var nota) => Problems.Of(
                StatusCodes.Status409Conflict, "overtaken", texts["OvertakenTitle"],
                more: new Dictionary<string, object?> { ["revision"] = nota.Revision, ["lastAct"] = nota.Acts.Count > 0 ? nota.Acts[^1] : null }),
            Acting.NotNow(var phase) => Problems.Of(
                StatusCodes.Status409Conflict, "not-now", texts["NotNowTitle"], more: new Dictionary<string, object?> { ["phase"] = phase }),
            _ => Unknown(),
        };
    }

    private IResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "not-found", texts["NotaNotFound"]);
}
