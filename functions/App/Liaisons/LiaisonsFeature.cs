using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Liaisons;

public static class LiaisonsFeature
{
    public static IServiceCollection AddLiaisons(this IServiceCollection services) => services
        .AddSingleton<LiaisonStore>()
        .AddSingleton<LiaisonMap>()
        .AddSingleton<LiaisonAudience>()
        .AddSingleton<IActivityAudience>(services => services.GetRequiredService<LiaisonAudience>())
        .AddSingleton<IAudience>(services => services.GetRequiredService<LiaisonAudience>())
        .AddSingleton<LiaisonOffices>()
        .AddSingleton<IAddressees>(services => services.GetRequiredService<LiaisonOffices>())
        .AddSingleton<IRequestKind, DesignationKind>()
        .AddSingleton<IEffectHandler, KeepLiaisons>()
        .AddSingleton<IMailWriter, LiaisonMail>()
        .AddSingleton<IActivityCheck, LiaisonsDesignated>();
}
