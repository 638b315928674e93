using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Plans;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Delivery;

/// <param name="Fields">Of the form, by name.</param>
public sealed record TypedPlan(string Act, IReadOnlyDictionary<string, string> Fields)
{
    public string? this[string name] => Fields.GetValueOrDefault(name);
}

/// <param name="Standing">The last version that was approved or amended; null before there is one.</param>
/// <param name="Tally">Of the last version; null before there is one.</param>
public sealed record PlanModel(Cycle Cycle, IReadOnlyList<PlanVersion> Versions, PlanText? Standing, PlanTally? Tally, Plans.Delivery? Delivery, LocalDate Today)
{
    public TypedPlan? Typed { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsOvertaken { get; init; }

    /// <summary>The act that was just done.</summary>
    public string? Done { get; init; }

    /// <summary>Whom the launch would tell; empty before the delivery, and once they were told.</summary>
    public IReadOnlyList<PersonToTell> ToTell { get; init; } = [];

    public PlanVersion? Last => Versions.Count > 0 ? Versions[^1] : null;
}

public sealed class PlanDesk(PlanStore plans, PlanVotes votes, DraftPlan draft, LaunchAudience audience, CurrentCycle cycles, TimeProvider clock)
{
    public async Task<PlanModel> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var versions = await plans.ListAsync(cycle, cancel);
        var standing = versions.LastOrDefault(version => version.Stands);
        var delivery = (await plans.FindDeliveryAsync(cycle, cancel))?.Record;
        return new PlanModel(
            cycle, versions, standing is null ? null : await plans.FindAsync(cycle, standing.Number, cancel), versions.Count == 0 ? null : await votes.TallyAsync(cycle, versions.Count, cancel),
            delivery, cycle.DateOf(clock.GetCurrentInstant()))
        {
            ToTell = delivery is { AnnouncedAt: null } ? await audience.ReadAsync(cycle, cancel) : [],
        };
    }

    /// <summary>What is wrong, or null where it was done; <c>Overtaken</c> where somebody else was faster.</summary>
    public async Task<(IReadOnlyList<Fault> Faults, bool Overtaken)> ActAsync(TypedPlan typed, string by, CancellationToken cancel) => typed.Act switch
    {
        "draft" => Of(await draft.DraftAsync(typed["introduction"], by, cancel)),
        "approve" => Of(await draft.ApproveAsync(NumberOf(typed), typed["minutes"], typed["seen"], by, cancel)),
        "deliver" => Of(await draft.DeliverAsync(typed["on"], typed["reference"], typed["translation"], by, cancel)),
        "launch" => (await draft.AnnounceAsync(by, cancel) ? [] : [new Fault("launch", "NotDelivered")], false),
        "amend" => Of(await draft.AmendAsync(
            new Amendment(typed["commitment"] ?? "", typed["reason"] ?? "", typed["askedBy"] ?? "", typed["approvedBy"] ?? "", "", typed["remove"] == "yes" ? null : typed["after"] ?? ""),
            int.TryParse(typed["versions"], out var seen) ? seen : null, by, cancel)),
        "resubmit" => Of(await draft.ResubmitAsync(NumberOf(typed), typed["on"], typed["reference"], typed["seen"], by, cancel)),
        _ => ([new Fault("act", "Unknown")], false),
    };

    private static int NumberOf(TypedPlan typed) => int.TryParse(typed["number"], out var number) ? number : 0;

    private static (IReadOnlyList<Fault> Faults, bool Overtaken) Of<T>(Edited<T> edited) where T : class => edited switch
    {
        Edited<T>.Invalid(var faults) => (faults, false),
        Edited<T>.Done => ([], false),
        _ => ([], true),
    };
}

public sealed class ShowStaffPlan(StaffGate gate, PlanDesk desk)
{
    [Function(nameof(ShowStaffPlan))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/plan")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<StaffPlanPage>(new { Model = await desk.ReadAsync(cancel) with { Done = request.Query["done"] } });
}

/// <summary>Drafts, records approval and delivery, launches, amends.</summary>
public sealed class ManagePlan(StaffGate gate, PlanDesk desk)
{
    [Function(nameof(ManagePlan))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/plan")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = new TypedPlan(admission.Form["act"].ToString(), admission.Form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        var (faults, overtaken) = await desk.ActAsync(typed, admission.Actor, cancel);
        return faults.Count > 0 ? Page.Of<StaffPlanPage>(new { Model = await desk.ReadAsync(cancel) with { Typed = typed, Faults = faults } }, StatusCodes.Status400BadRequest)
            : overtaken ? Page.Of<StaffPlanPage>(new { Model = await desk.ReadAsync(cancel) with { Typed = typed, IsOvertaken = true } }, StatusCodes.Status409Conflict)
            : Page.See(request.HttpContext.Response, $"/staff/plan?done={typed.Act}");
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class DeliveryTexts;
