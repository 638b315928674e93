using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Files;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>
/// What staff do to a nota, each as a form: extend (due, reason), reissue (due, reason), annul (reason), paper-answer (the
/// fields of the nota's own page, received, signed, and the file scan). seen is the revision that was looked at.
/// </summary>
public sealed class ActOnNotaByApi(
    StaffGate gate, ActOnRequest acts, RecordPaper papers, RequestStore store, RequestKinds kinds, FileStore files, CurrentCycle cycles,
    IStringLocalizer<NotasTexts> texts, IStringLocalizer<RequestTexts> words, IStringLocalizer<FileTexts> fileTexts)
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
        var limit = act == "paper-answer" ? BodyLimits.Scan : BodyLimits.Public;
        if (await Body.ReadFormAsync(request, limit, cancel) is not { } form)
        {
            return Body.StatusWithoutForm(request) == StatusCodes.Status413PayloadTooLarge
                ? Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", texts["TooLarge", $"{limit / 1024} KiB"])
                : Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", texts["SendForm"]);
        }
        int? seen = int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
        var (reason, due, by) = (form["reason"].ToString(), DayOf(form["due"]), admission.Actor);
        switch (act)
        {
            case "extend" when due is null:
                return Invalid(new FieldError("due", texts["DueMissing"]));
            case "extend":
                return Answer(await acts.ExtendAsync(id, due.Value, reason, by, seen, cancel));
            case "annul":
                return Answer(await acts.AnnulAsync(id, reason, by, seen, cancel));
            case "reissue":
                return Answer(await acts.ReissueAsync(id, due, reason, by, seen, cancel));
            case "paper-answer":
                return await RecordAsync(id, form, by, seen, cancel);
            default:
                return Unknown();
        }
    }

    private async Task<IResult> RecordAsync(string id, IFormCollection form, string by, int? seen, CancellationToken cancel)
    {
        if ((await store.FindAsync((await cycles.GetAsync(cancel)).Id, id, cancel))?.Record is not { } nota)
        {
            return Unknown();
        }
        var typed = new AnswerForm(form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
        var (items, errors) = typed.Read(nota, kinds.Of(nota), words);
        var (scan, fault) = await ScanOfAsync(form.Files["scan"], cancel);
        var received = DayOf(form["received"]);
        IReadOnlyList<FieldError> all =
        [
            .. errors,
            .. received is null ? [new FieldError("received", texts["ReceivedMissing"])] : Array.Empty<FieldError>(),
            .. fault is { } wrong ? [new FieldError("scan", fileTexts[$"Fault-{wrong}", ScanFile.MostBytes / (1024 * 1024)])] : Array.Empty<FieldError>(),
        ];
        if (all.Count > 0)
        {
            return Invalid([.. all]);
        }
        // Before the transaction that names it: what no transaction names harms nobody.
        var stored = await files.PutAsync(scan!, cancel);
        var source = new PaperSource(received!.Value, DayOf(form["signed"]), stored.Hash, by);
        var paper = new PaperAnswer(items, AnswerForm.Line(typed[AnswerForm.Name]), AnswerForm.Line(typed[AnswerForm.Office]), source);
        return Answer(await papers.RecordAsync(id, paper, seen, cancel));
    }

    private static async Task<ScanCheck> ScanOfAsync(IFormFile? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return new ScanCheck(null, ScanFault.Empty);
        }
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return ScanFile.Check(bytes.ToArray(), file.FileName, file.ContentType);
    }

    private IResult Answer(Acting outcome) => outcome switch
    {
        Acting.Done(var nota) => Results.Json(new { nota.Id, nota.Number, nota.Due, nota.Revision, nota.Generation, nota.Confirmations }, Json.Options),
        Acting.Invalid(var field, var fault) => Invalid(new FieldError(field, texts[$"ActFault-{fault}"])),
        Acting.Overtaken(var nota) => Problems.Of(
            StatusCodes.Status409Conflict, "overtaken", texts["ActOvertaken"],
            more: new Dictionary<string, object?> { ["revision"] = nota.Revision, ["lastAct"] = nota.Acts.Count > 0 ? nota.Acts[^1] : null }),
        Acting.NotNow(var phase) => Problems.Of(StatusCodes.Status409Conflict, "not-now", texts["ActNotNow"], more: new Dictionary<string, object?> { ["phase"] = phase }),
        _ => Unknown(),
    };

    private IResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "not-found", texts["NotaNotFound"]);

    private IResult Invalid(params FieldError[] errors) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid", texts["CheckTitle"],
        errors.GroupBy(error => error.Field).ToDictionary(field => field.Key, field => field.Select(error => error.Message).ToArray()));

    private static LocalDate? DayOf(string? typed) => LocalDatePattern.Iso.Parse(typed?.Trim() ?? "") is { Success: true, Value: var day } ? day : null;
}
