using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Plans;

public sealed class ShowPlan(RecentPlan plan, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowPlan))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "plan")] HttpRequest request, CancellationToken cancel)
    {
        var all = await cycles.ListAsync(cancel);
        return await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is { } cycle
            ? Page.Of<PlanPage>(new
            {
                Cycle = cycle,
                Plan = await plan.GetAsync(cycle, cancel),
                Today = cycle.DateOf(clock.GetCurrentInstant()),
                Others = all.Where(other => other.Id != cycle.Id).ToList(),
            })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>One version, for ever at the same address.</summary>
public sealed class ShowPlanVersion(PlanStore plans, CurrentCycle cycles)
{
    [Function(nameof(ShowPlanVersion))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "plan/versions/{number:int}")] HttpRequest request, int number, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle || await plans.FindAsync(cycle, number, cancel) is not { } text)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        // An amendment follows the version that stood; a draft the draft before.
        var before = number > 1 ? await plans.FindAsync(cycle, number - 1, cancel) : null;
        return Page.Of<PlanVersionPage>(new { Cycle = cycle, Plan = text, Before = before?.Version, Changes = before is null ? [] : PlanRules.Compare(before.Commitments, text.Commitments) });
    }
}

public sealed class DownloadPlanVersion(PlanStore plans, CurrentCycle cycles, IStringLocalizer<PlanTexts> texts, IStringLocalizer<DevelopmentTexts> words)
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    [Function(nameof(DownloadPlanVersion))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "plan/versions/{number:int}/plan.docx")] HttpRequest request, int number, CancellationToken cancel)
    {
        return await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is { } cycle && await plans.FindAsync(cycle, number, cancel) is { } text
            ? Results.Bytes(PlanDocument.Write(text, cycle, texts, words), MediaType, $"plan-{cycle.Id}-v{number}.docx")
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

public sealed class DownloadPlanPackage(RecentPlan plan, PlanPackage package, CurrentCycle cycles)
{
    [Function(nameof(DownloadPlanPackage))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "plan/package.zip")] HttpRequest request, CancellationToken cancel)
    {
        return await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is { } cycle && await plan.GetAsync(cycle, cancel) is { Current: { } text } now
            ? Results.Bytes(await package.WriteAsync(text, now.Delivery, cycle, cancel), "application/zip", $"plan-{cycle.Id}.zip")
            : Page.Error(StatusCodes.Status404NotFound);
    }
}
