using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Plans;

public sealed class PlanApproved(PlanStore plans, IStringLocalizer<PlanTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.PlanApproval;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var versions = await plans.ListAsync(cycle, cancel);
        return versions.Any(version => version.Approval is not null) ? [] : [new Lack(texts[versions.Count == 0 ? "LackVersion" : "LackApproval"], "/staff/plan", Blocks: true)];
    }
}

public sealed class PlanDelivered(PlanStore plans, IStringLocalizer<PlanTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Delivery;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var delivery = (await plans.FindDeliveryAsync(cycle, cancel))?.Record;
        return
        [
            .. delivery is null ? [new Lack(texts["LackDelivery"], "/staff/plan", Blocks: true)] : Array.Empty<Lack>(),
            .. delivery is { Translation: null } ? [new Lack(texts["LackTranslation"], "/staff/plan", Blocks: false)] : Array.Empty<Lack>(),
        ];
    }
}

public sealed class PlanLaunched(PlanStore plans, IStringLocalizer<PlanTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Launch;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel) =>
        (await plans.FindDeliveryAsync(cycle, cancel))?.Record.AnnouncedAt is null ? [new Lack(texts["LackLaunch"], "/staff/plan", Blocks: true)] : [];
}
