using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>One act on several notas, as typed.</summary>
/// <param name="Chosen">Ids of notas.</param>
public sealed record TypedActs(string Act, string Due, string Reason, IReadOnlyList<string> Chosen)
{
    public static IReadOnlyList<string> Known { get; } = [TypedAct.Extend, TypedAct.Annul];

    public static TypedActs Of(IFormCollection form) => new(form["act"].ToString(), form["due"].ToString().Trim(), form["reason"].ToString(), [.. form["nota"].OfType<string>().Distinct()]);

    public LocalDate? Day => Act == TypedAct.Extend && LocalDatePattern.Iso.Parse(Due) is { Success: true, Value: var day } ? day : null;

    /// <summary>Whether the nota takes any of the acts.</summary>
    public static bool Takes(RequestPhase phase) => RequestLife.Allows(phase, RequestAct.Extend) || RequestLife.Allows(phase, RequestAct.Annul);

    /// <summary>What is wrong with it, whatever the notas: fields, and names of texts.</summary>
    public IEnumerable<(string Field, string Text)> FaultsOn(LocalDate today) =>
    [
        .. Chosen.Count == 0 ? [("notas", "NothingMarked")] : None,
        .. Known.Contains(Act) ? None : [("act", "ActMissing")],
        .. Act != TypedAct.Extend ? None : Day is null ? [("due", "DueMissing")] : Day < today ? [("due", "ActFault-DuePassed")] : None,
        .. string.IsNullOrWhiteSpace(Reason) ? [("reason", "ActFault-ReasonMissing")]
            : Reason.EnumerateRunes().Count() > RequestLimits.Reason ? [("reason", "ActFault-ReasonTooLong")] : None,
    ];

    /// <summary>Names the text that says why a nota stays as it is; null where the act changes it.</summary>
    public string? FaultOf(OfficialRequest nota, Cycle cycle, Instant now) =>
        !RequestLife.Allows(nota.PhaseAt(now, cycle), Act == TypedAct.Extend ? RequestAct.Extend : RequestAct.Annul) ? "ActsNotNow"
        : Day <= nota.Due ? "ActsDueNotLater"
        : null;

    private static (string, string)[] None => [];
}

/// <param name="Notas">Those that were chosen, with what keeps each from being changed.</param>
/// <param name="Query">Leads back to the list.</param>
public sealed record ActsPreview(TypedActs Typed, IReadOnlyList<(OfficialRequest Nota, string? Fault)> Notas, string Query);

/// <summary>Gives several offices more time, or annuls what several were asked, once staff have seen which.</summary>
public sealed class ActOnNotas(StaffGate gate, RequestDesk desk, NotaList list, ActOnNota acts, IStringLocalizer<NotasTexts> texts)
{
    [Function(nameof(ActOnNotas))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/several-notas")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = TypedActs.Of(admission.Form);
        var model = await desk.ReadAsync(cancel);
        var shown = list.Of(model, ListQuery.Of(request.Query));
        if (typed.FaultsOn(model.Cycle.DateOf(model.Now)).ToList() is { Count: > 0 } faults)
        {
            return Page.Of<StaffRequestsPage>(
                new { Model = model, List = shown, Typed = typed, Errors = faults.Select(fault => new FieldError(fault.Field, texts[fault.Text])).ToList() }, StatusCodes.Status400BadRequest);
        }
        if (admission.Form["step"] == "preview")
        {
            var chosen = model.Notas.Select(nota => nota.Request).Where(nota => typed.Chosen.Contains(nota.Id));
            return Page.Of<ActsPreviewPage>(new { Model = new ActsPreview(typed, [.. chosen.Select(nota => (nota, typed.FaultOf(nota, model.Cycle, model.Now)))], shown.Query) });
        }
        var done = 0;
        foreach (var id in typed.Chosen)
        {
            var one = TypedAct.Of(typed.Act, admission.Form) with { Seen = int.TryParse(admission.Form[$"seen-{id}"], out var seen) ? seen : null };
            done += (await acts.DoAsync(id, one, admission.Actor, cancel)).Acting is Acting.Done ? 1 : 0;
        }
        return Page.See(request.HttpContext.Response, $"/staff/requests{request.QueryString.Add("acted", $"{done}").Add("left", $"{typed.Chosen.Count - done}")}");
    }
}
