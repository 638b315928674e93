using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

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
        .AddSingleton<IActivityEvidence, ThemeEvidence>()
        .AddSingleton<IActivityCheck, ResponsesComplete>();
}
