using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Responses;

namespace OpenGov.Functions.Themes;

/// <summary>Puts proposals under a theme, or takes them from under any. What was answered stays where it was.</summary>
public sealed class SortProposals(ThemeStore themes, CurrentCycle cycles, ChangeProposals proposals, TimeProvider clock)
{
    /// <param name="theme">Null to take them from under any.</param>
    /// <returns>How many were moved; null where there is no such theme.</returns>
    public async Task<int?> RunAsync(IEnumerable<string> codes, string? theme, string by, CancellationToken cancel)
    {
        if (theme is not null && await themes.FindAsync(await cycles.GetAsync(cancel), theme, cancel) is null)
        {
            return null;
        }
        var now = clock.GetCurrentInstant();
        return await proposals.RunAsync(
            codes.Select(ProposalCode.Read).OfType<string>(),
            proposal => proposal.Theme == theme || proposal.Response is not null ? null : proposal with
            {
                Theme = theme,
                Steps = [.. proposal.Steps, new ProposalStep("sorted", "", by, now, theme)],
            },
            proposal => new { proposal.Theme }, _ => [], cancel);
    }
}
