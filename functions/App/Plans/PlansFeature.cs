using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Plans;

public static class PlansFeature
{
    public static IServiceCollection AddPlans(this IServiceCollection services) => services
        .AddSingleton<PlanStore>()
        .AddSingleton<RecentPlan>()
        .AddSingleton<PlanVotes>()
        .AddSingleton<DraftPlan>()
        .AddSingleton<PlanPackage>()
        .AddSingleton<LaunchAudience>()
        .AddSingleton<IRequestKind, ApprovalKind>()
        .AddSingleton<IEffectHandler, TellEverybody>()
        .AddSingleton<IMailWriter, LaunchMail>()
        .AddSingleton<IActivityEvidence, PlanEvidence>()
        .AddSingleton<IActivityCheck, PlanApproved>()
        .AddSingleton<IActivityCheck, PlanDelivered>()
        .AddSingleton<IActivityCheck, PlanLaunched>();
}
