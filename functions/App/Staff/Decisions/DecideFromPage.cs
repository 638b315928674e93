using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Decisions;

public sealed class ShowStaffCommitment(StaffGate gate, DecisionDesk desk)
{
    [Function(nameof(ShowStaffCommitment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/commitments/{number}")] HttpRequest request, string number, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return await desk.ModelAsync(number, cancel) is { } model
            ? Page.Of<StaffCommitmentPage>(new { Model = model with { Done = new TypedDecision(request.Query["done"], null).KindRead } })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>ANTAI's decision on a commitment, or on an institution's answer about it.</summary>
public sealed class DecideFromPage(StaffGate gate, DecisionDesk desk, DecideCommitment decide)
{
    [Function(nameof(DecideFromPage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/commitments/{number}")] HttpRequest request, string number, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var typed = new TypedDecision(
            form["kind"], form["reason"], form["institution"], form["request"], form["hash"], form["text"], form["replacement"], form["due"],
            int.TryParse(form["seen"], out var seen) ? seen : null);
        if (typed.KindRead is not { } kind)
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        return await decide.DecideAsync(number, typed.Read(kind), admission.Actor, cancel) switch
        {
            Deciding.Done => Page.See(request.HttpContext.Response, $"/staff/commitments/{number}?done={typed.Kind}"),
            Deciding.Unknown => Page.Error(StatusCodes.Status404NotFound),
            var outcome => Page.Of<StaffCommitmentPage>(
                new { Model = (await desk.ModelAsync(number, cancel))! with { Typed = typed, Outcome = outcome } },
                outcome is Deciding.Invalid ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict),
        };
    }
}
