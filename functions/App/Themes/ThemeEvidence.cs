using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Themes;

public sealed class ThemeEvidence(ThemeStore themes) : IActivityEvidence
{
    public async Task<IReadOnlyList<Evidence>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        [.. (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision is not null).Select(theme => new Evidence(ActivityKeys.Themes, $"{theme.Code} · {theme.Name}", theme.Decision!.DecidedOn, $"/themes/{theme.Code}"))];
}
