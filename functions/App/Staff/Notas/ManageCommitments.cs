using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Validations.Publication;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

public sealed record CommitmentsModel(Cycle Cycle, IReadOnlyList<ConsolidatedCommitment> Commitments, IReadOnlyDictionary<string, Institution> Institutions)
{
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>As typed; the activity's closing day to begin with.</summary>
    public string Due { get; init; } = "";

    /// <summary>The state to which the list is narrowed; null for all.</summary>
    public CommitmentState? State { get; init; }

    /// <summary>Those of the plan that were not presented to the public yet.</summary>
    public int ToPresent { get; init; }

    /// <summary>How many were presented just now; null where none was asked for.</summary>
    public string? Presented { get; init; }

    /// <summary>Of those chosen, which cannot be asked about: each with its institutions that have no mailbox.</summary>
    public IReadOnlyList<(string Number, IReadOnlyList<string> Institutions)> Unsendable { get; init; } = [];

    /// <summary>What would go out, to be looked at before it does.</summary>
    public Dispatch? Preview { get; init; }

    public Dispatching.Refused? Refusal { get; init; }
}

public sealed class CommitmentsDesk(ConsolidatedCommitments commitments, PublishCommitments publish, InstitutionStore institutions, CurrentCycle cycles)
{
    public async Task<CommitmentsModel> ModelAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return new CommitmentsModel(
            cycle, await commitments.ListAsync(cycle, cancel),
            (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code))
        {
            ToPresent = (await publish.PendingAsync(cycle, cancel)).Count,
            Due = LocalDatePattern.Iso.Format(cycle.Activity(ActivityKeys.Validation).Closes),
        };
    }
}

public sealed class ShowCommitments(StaffGate gate, CommitmentsDesk desk)
{
    [Function(nameof(ShowCommitments))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/commitments")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<CommitmentsPage>(new
        {
            Model = await desk.ModelAsync(cancel) with { State = Enum.TryParse<CommitmentState>(request.Query["state"], out var state) ? state : null, Presented = request.Query["presented"] },
        });
}

/// <summary>Sends the notas of the chosen commitments, once staff have seen who gets one.</summary>
public sealed class SendNotas(StaffGate gate, CommitmentsDesk desk, DispatchValidation dispatch, TimeProvider clock)
{
    [Function(nameof(SendNotas))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/commitments")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var model = await desk.ModelAsync(cancel) with { Chosen = [.. form["commitment"].OfType<string>()], Due = form["due"].ToString().Trim() };
        if (LocalDatePattern.Iso.Parse(model.Due) is not { Success: true, Value: var due })
        {
            return Show(model with { Refusal = new Dispatching.Refused("due-malformed") });
        }
        if (form["step"] != "send")
        {
            return Preview(model, due);
        }
        return await dispatch.DispatchAsync(model.Chosen, due, admission.Actor, cancel) switch
        {
            Dispatching.Refused refused => Show(model with { Refusal = refused }),
            Dispatching.Dispatched(var sent) => Page.See(request.HttpContext.Response, $"/staff/requests?sent={sent.Round}"),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no page."),
        };
    }

    private IResult Preview(CommitmentsModel model, LocalDate due)
    {
        var all = model.Commitments.Where(commitment => model.Chosen.Contains(commitment.Number)).ToList();
        var unsendable = all.Select(commitment => (commitment.Number, Institutions: Unreachable(commitment, model))).Where(one => one.Institutions.Count > 0).ToList();
        var chosen = all.Where(commitment => unsendable.TrueForAll(one => one.Number != commitment.Number)).ToList();
        model = model with { Chosen = [.. chosen.Select(commitment => commitment.Number)], Unsendable = unsendable };
        var now = clock.GetCurrentInstant();
        return all.Count > 0 && chosen.Count == 0 ? Show(model with { Refusal = new Dispatching.Refused("no-mailbox", [.. unsendable.SelectMany(one => one.Institutions).Distinct()]) })
            : chosen.Count == 0 ? Show(model with { Refusal = new Dispatching.Refused("nothing-chosen") })
            : due < model.Cycle.DateOf(now) ? Show(model with { Refusal = new Dispatching.Refused("due-passed") })
            : Page.Of<CommitmentsPage>(new { Model = model with { Preview = DispatchRules.Plan([.. chosen.Select(commitment => commitment.Case)], NotaBook.Empty, due, now, due.Year) } });
    }

    private static IReadOnlyList<string> Unreachable(ConsolidatedCommitment commitment, CommitmentsModel model) =>
        [.. commitment.Case.Roles.Select(role => role.Institution).Where(code => !model.Institutions.TryGetValue(code, out var institution) || !Authorities.Of(institution).CanBeReached)];

    private static IResult Show(CommitmentsModel model) => Page.Of<CommitmentsPage>(new { Model = model }, StatusCodes.Status400BadRequest);
}
