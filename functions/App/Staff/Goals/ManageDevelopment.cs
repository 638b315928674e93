using Microsoft.Azure.Functions.Worker;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Goals;

/// <param name="Typed">By the names of the fields.</param>
public sealed record GoalsModel(Cycle Cycle, DevelopedCommitment Commitment, IReadOnlyDictionary<string, string> Typed, string Seen)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsOvertaken { get; init; }

    public bool IsDone { get; init; }

    public static GoalsModel Of(Cycle cycle, DevelopedCommitment commitment, bool asFilled) =>
        new(cycle, commitment, Fields(asFilled ? commitment.Filled : commitment.Now), KeepDevelopment.SeenOf(commitment));

    private static Dictionary<string, string> Fields(CommitmentDevelopment development)
    {
        static string Text(NodaTime.LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : "";
        var fields = development.Texts.ToDictionary();
        fields["starts"] = Text(development.Starts);
        fields["ends"] = Text(development.Ends);
        foreach (var (milestone, number) in development.Milestones.Select((milestone, index) => (milestone, index + 1)))
        {
            fields[$"milestone-{number}"] = milestone.Text;
            fields[$"deliverable-{number}"] = milestone.Deliverable;
            fields[$"starts-{number}"] = Text(milestone.Starts);
            fields[$"ends-{number}"] = Text(milestone.Ends);
            fields[$"office-{number}"] = milestone.Office;
            fields[$"institution-{number}"] = milestone.Institution;
        }
        return fields;
    }
}

public sealed class ShowDevelopment(StaffGate gate, GoalDesk desk)
{
    [Function(nameof(ShowDevelopment))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/development")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<GoalListPage>(new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel) });
}

public sealed class ShowGoals(StaffGate gate, Developments developments, CurrentCycle cycles)
{
    [Function(nameof(ShowGoals))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/development/{number}")] HttpRequest request, string number, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var cycle = await cycles.GetAsync(cancel);
        return await developments.FindAsync(cycle, number, cancel) is { } commitment
            ? Page.Of<GoalsPage>(new { Model = GoalsModel.Of(cycle, commitment, asFilled: request.Query["filled"].Count > 0) with { IsDone = request.Query["done"].Count > 0 } })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>Keeps what was settled of a commitment, or confirms it.</summary>
public sealed class SaveGoals(StaffGate gate, Developments developments, KeepDevelopment keep, CurrentCycle cycles)
{
    [Function(nameof(SaveGoals))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/development/{number}")] HttpRequest request, string number, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var cycle = await cycles.GetAsync(cancel);
        var edited = await keep.RunAsync(number, name => form[name], form["act"] == "confirm", form["seen"].FirstOrDefault(), admission.Actor, cancel);
        if (edited is Edited<DevelopedCommitment>.Done)
        {
            return Page.See(request.HttpContext.Response, $"/staff/development/{number}?done=1");
        }
        if (await developments.FindAsync(cycle, number, cancel) is not { } commitment)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var model = GoalsModel.Of(cycle, commitment, asFilled: false) with { Typed = form.ToDictionary(field => field.Key, field => field.Value.ToString()) };
        return edited is Edited<DevelopedCommitment>.Invalid(var faults)
            ? Page.Of<GoalsPage>(new { Model = model with { Faults = faults } }, StatusCodes.Status400BadRequest)
            : Page.Of<GoalsPage>(new { Model = model with { IsOvertaken = true } }, StatusCodes.Status409Conflict);
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class GoalTexts;
