using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

public static class CyclesFeature
{
    public static IServiceCollection AddCycles(this IServiceCollection services) => services
        .AddSingleton<CurrentCycle>()
        .AddSingleton<ISeed, CycleSeed>();
}
