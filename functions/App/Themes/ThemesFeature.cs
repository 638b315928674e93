using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes.Opinions;

namespace OpenGov.Functions.Themes;

public static class ThemesFeature
{
    public static IServiceCollection AddThemes(this IServiceCollection services) => services
        .AddSingleton<ThemeStore>()
        .AddSingleton<RecentThemes>()
        .AddSingleton<ChangeTheme>()
        .AddSingleton<MapInstitutions>()
        .AddSingleton<SortProposals>()
        .AddSingleton<AnswerProposal>()
        .AddSingleton<IEffectHandler, AnswerThemeProposals>()
        .AddSingleton<IActivityCheck, ThemesDecided>()
        .AddSingleton<IRequestKind, ReviewKind>()
        .AddSingleton<IActivityEvidence, ThemeEvidence>()
        .AddSingleton<IActivityCheck, ResponsesComplete>();
}
