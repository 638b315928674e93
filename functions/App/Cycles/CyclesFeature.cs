using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

public static class CyclesFeature
{
    public static IServiceCollection AddCycles(this IServiceCollection services) => services
        .AddCheckedAtStart<CycleFile>()
        .AddSingleton<CurrentCycle>()
        .AddSingleton<ISeed, CycleSeed>()
        .AddSingleton<ActivityChecks>()
        .AddSingleton<ActivityEvidence>()
        .AddSingleton<MarkActivityDone>()
        .AddSingleton<RebaselineChronogram>()
        .AddSingleton<SucceedCycle>();
}
