using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <param name="Chosen">Keys of addressees.</param>
/// <param name="Due">As typed; the activity's closing day to begin with.</param>
/// <param name="Details">As typed; empty where the kind asks for none.</param>
public sealed record AskingModel(Cycle Cycle, IRequestKind Kind, IReadOnlyList<Inquiry> Possible, IReadOnlyCollection<string> Chosen, string Due, string Details)
{
    /// <summary>What would go out is shown, to be looked at before it does.</summary>
    public bool IsPreview { get; init; }

    public Sending.Refused? Refusal { get; init; }

    /// <summary>False where the forum would be asked and has no members.</summary>
    public bool HasMembers { get; init; } = true;

    /// <summary>Those who have no mailbox to which a nota could go.</summary>
    public IReadOnlyList<Inquiry> Unreachable { get; init; } = [];

    public bool AsksForDetails => !Kind.Texts["Details"].ResourceNotFound;

    public IReadOnlyList<Inquiry> ToBeSent => [.. Possible.Where(inquiry => Chosen.Contains(DispatchRequests.KeyOf(inquiry.To)))];
}

public sealed class AskingDesk(RequestKinds kinds, OpenRequests open, ForumStore forum, CurrentCycle cycles)
{
    /// <summary>Null where there is no such kind.</summary>
    public async Task<AskingModel?> ModelAsync(string name, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (kinds.Find(name) is not { IsNota: true } kind)
        {
            return null;
        }
        var all = await open.ToBeSentAsync(kind, cycle, cancel);
        var possible = all.Where(inquiry => inquiry.To.CanBeReached).ToList();
        return new AskingModel(
            cycle, kind, possible, [.. possible.Select(inquiry => DispatchRequests.KeyOf(inquiry.To))],
            LocalDatePattern.Iso.Format(kind.SuggestedDue(cycle)), "")
        {
            Unreachable = [.. all.Where(inquiry => !inquiry.To.CanBeReached)],
            HasMembers = kind.Asks != ForumMembers.Name || (await forum.ListAsync(cycle, cancel)).Count > 0,
        };
    }
}

public sealed class ShowAsking(StaffGate gate, AskingDesk desk)
{
    [Function(nameof(ShowAsking))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/ask/{kind}")] HttpRequest request, string kind, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return await desk.ModelAsync(kind, cancel) is { } model ? Page.Of<AskingPage>(new { Model = model }) : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>Sends notas of one kind, once staff have seen who gets one.</summary>
public sealed class AskOffices(StaffGate gate, AskingDesk desk, DispatchRequests dispatch, TimeProvider clock)
{
    [Function(nameof(AskOffices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/ask/{kind}")] HttpRequest request, string kind, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        if (await desk.ModelAsync(kind, cancel) is not { } empty)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var model = empty with { Chosen = [.. form["to"].OfType<string>()], Due = form["due"].ToString().Trim(), Details = form["details"].ToString() };
        if (LocalDatePattern.Iso.Parse(model.Due) is not { Success: true, Value: var due })
        {
            return Refused(model, new Sending.Refused("due-malformed"));
        }
        if (form["step"] != "send")
        {
            return FaultOf(model, due) is { } fault ? Refused(model, fault) : Page.Of<AskingPage>(new { Model = model with { IsPreview = true } });
        }
        return await dispatch.SendAsync(model.Kind, model.Chosen, due, model.Details, admission.Actor, cancel) switch
        {
            Sending.Refused refused => Refused(model, refused),
            _ => Page.See(request.HttpContext.Response, "/staff/requests?sent=1"),
        };
    }

    /// <summary>What is refused already before anything is shown.</summary>
    private Sending.Refused? FaultOf(AskingModel model, LocalDate due) =>
        model.ToBeSent.Count == 0 ? new Sending.Refused("nothing-chosen")
        : due < model.Cycle.DateOf(clock.GetCurrentInstant()) ? new Sending.Refused("due-passed")
        : model.ToBeSent.SelectMany(inquiry => inquiry.Items).Any(item => model.Kind.WithDetails(item, model.Details.Trim(), model.Cycle) is null) ? new Sending.Refused("details")
        : null;

    private static IResult Refused(AskingModel model, Sending.Refused refusal) =>
        Page.Of<AskingPage>(new { Model = model with { Refusal = refusal } }, StatusCodes.Status400BadRequest);
}
