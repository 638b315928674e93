using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Validations.Publication;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <param name="All">Whatever the list is narrowed to.</param>
public sealed record CommitmentsModel(
    Cycle Cycle, IReadOnlyList<ConsolidatedCommitment> All, ListView<ConsolidatedCommitment> List, IReadOnlyDictionary<string, Institution> Institutions)
{
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>As typed; the activity's closing day to begin with.</summary>
    public string Due { get; init; } = "";

    /// <summary>Those of the plan that were not presented to the public yet.</summary>
    public int ToPresent { get; init; }

    /// <summary>How many were presented just now; null where none was asked for.</summary>
    public string? Presented { get; init; }

    /// <summary>Of those chosen, which cannot be asked about: each with its institutions that have no mailbox.</summary>
    public IReadOnlyList<(string Number, IReadOnlyList<string> Institutions)> Unsendable { get; init; } = [];

    /// <summary>What would go out, to be looked at before it does.</summary>
    public Dispatch? Preview { get; init; }

    public Dispatching.Refused? Refusal { get; init; }

    /// <summary>Of those that were found, on all pages.</summary>
    public IReadOnlyList<ConsolidatedCommitment> ToBeAsked => [.. List.Found.Where(commitment => commitment.Standing.IsToBeAsked)];
}

public sealed class CommitmentsDesk(
    ConsolidatedCommitments commitments, PublishCommitments publish, InstitutionStore institutions, CurrentCycle cycles, IStringLocalizer<NotasTexts> texts, IStringLocalizer<ValidationTexts> words) : IStaffList
{
    public string Name => "commitments";

    public async Task<CommitmentsModel> ModelAsync(ListQuery asked, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var byCode = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code);
        var all = await commitments.ListAsync(cycle, cancel);
        return new CommitmentsModel(cycle, all, ListView.Of(ShapeOf(all, byCode), all, asked), byCode)
        {
            ToPresent = (await publish.PendingAsync(cycle, cancel)).Count,
            Due = LocalDatePattern.Iso.Format(cycle.Activity(ActivityKeys.Validation).Closes),
        };
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ModelAsync(asked, cancel)).List;

    private ListShape<ConsolidatedCommitment> ShapeOf(IReadOnlyList<ConsolidatedCommitment> all, Dictionary<string, Institution> byCode) => new(
        Name, "/staff/commitments",
        one => $"{one.Number} {one.Case.Draft.Title} {one.Case.Draft.Theme} {one.Case.Current.Text} {string.Join(' ', Carriers(one).Select(code => $"{code} {byCode.GetValueOrDefault(code)?.Name}"))}",
        [
            new("state", [.. Enum.GetValues<CommitmentState>().Select(state => ($"{state}", words[$"State-{state}"].Value))], one => $"{one.Standing.State}"),
            new("institution",
                [.. all.SelectMany(Carriers).Distinct().Select(code => (code, byCode.GetValueOrDefault(code)?.Name ?? code)).OrderBy(institution => institution.Item2, ListOrder.Words)],
                one => Carriers(one)),
            new("theme", [.. all.Select(one => one.Case.Draft.Theme).Distinct().Order(ListOrder.Words).Select(theme => (theme, theme))], one => one.Case.Draft.Theme),
            new("pending", [("ask", texts["ToBeAsked"]), ("decide", texts["ToBeDecided"])],
                one => [one.Standing.IsToBeAsked ? "ask" : null, one.ToDecide.Count > 0 ? "decide" : null]),
        ],
        [
            ListOrder.ByWords("number", (ConsolidatedCommitment one) => one.Number),
            ListOrder.ByWords("title", (ConsolidatedCommitment one) => one.Case.Draft.Title),
            ListOrder.By("state", (ConsolidatedCommitment one) => one.Standing.State),
            ListOrder.ByWords("lead", (ConsolidatedCommitment one) => one.Lead),
        ],
        [
            new("number", one => one.Number),
            new("title", one => one.Case.Draft.Title),
            new("theme", one => one.Case.Draft.Theme),
            new("state", one => words[$"State-{one.Standing.State}"]),
            new("lead", one => one.Lead),
            new("supporting", one => string.Join(' ', one.Supporting)),
            new("text", one => one.Case.Current.Text),
            new("proposals", one => string.Join(' ', one.Case.Draft.Proposals)),
        ]);

    private static IEnumerable<string> Carriers(ConsolidatedCommitment one) => one.Supporting.Prepend(one.Lead);
}

public sealed class ShowCommitments(StaffGate gate, CommitmentsDesk desk)
{
    [Function(nameof(ShowCommitments))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/commitments")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<CommitmentsPage>(new
        {
            Model = await desk.ModelAsync(ListQuery.Of(request.Query), cancel) with { Presented = request.Query["presented"] },
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
        var found = await desk.ModelAsync(ListQuery.Of(request.Query), cancel);
        var model = found with
        {
            Chosen = form["step"] == "preview-all" ? [.. found.ToBeAsked.Select(commitment => commitment.Number)] : [.. form["commitment"].OfType<string>()],
            Due = form["due"].ToString().Trim(),
        };
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
        var all = model.All.Where(commitment => model.Chosen.Contains(commitment.Number)).ToList();
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
