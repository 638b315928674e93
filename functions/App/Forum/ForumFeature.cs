using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Forum;

public static class ForumFeature
{
    public static IServiceCollection AddForum(this IServiceCollection services) => services
        .AddSingleton<ForumStore>()
        .AddSingleton<ImportMembers>()
        .AddSingleton<LeaveForum>()
        .AddSingleton<IEffectHandler, AnnulUnanswered>()
        .AddSingleton<KeepRules>()
        .AddSingleton<ForumMembers>()
        .AddSingleton<IAddressees>(services => services.GetRequiredService<ForumMembers>())
        .AddSingleton<ForumAudience>()
        .AddSingleton<IActivityAudience>(services => services.GetRequiredService<ForumAudience>())
        .AddSingleton<IAudience>(services => services.GetRequiredService<ForumAudience>());
}
