using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Development;

public static class DevelopmentFeature
{
    public static IServiceCollection AddDevelopment(this IServiceCollection services) => services
        .AddSingleton<Developments>()
        .AddSingleton<RecentDevelopments>()
        .AddSingleton<KeepDevelopment>()
        .AddSingleton<IRequestKind, DevelopmentKind>()
        .AddSingleton<IActivityCheck, DevelopmentComplete>();
}
