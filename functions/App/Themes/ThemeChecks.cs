using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Responses;

namespace OpenGov.Functions.Themes;

/// <summary>The themes are decided when the forum has decided each candidate, and every proposal was put before it.</summary>
public sealed class ThemesDecided(ThemeStore themes, ProposalStore proposals, IStringLocalizer<ThemeTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Themes;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var all = await themes.ListAsync(cycle, cancel);
        var undecided = all.Count(theme => theme.Decision is null);
        var unsorted = new AllProposals(await proposals.ListAsync(cycle, cancel)).Unsorted.Count();
        return
        [
            .. all.Any(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted) ? Array.Empty<Lack>() : [new Lack(texts["LackAdopted"], "/staff/themes", Blocks: true)],
            .. undecided == 0 ? Array.Empty<Lack>() : [new Lack(texts[undecided == 1 ? "LackDecisionOne" : "LackDecisions", undecided], "/staff/themes", Blocks: true)],
            .. unsorted == 0 ? Array.Empty<Lack>() : [new Lack(texts[unsorted == 1 ? "LackSortingOne" : "LackSorting", unsorted], "/staff/proposals?theme=none", Blocks: false)],
        ];
    }
}

/// <summary>Responses are complete when not one proposal lacks its own.</summary>
public sealed class ResponsesComplete(ProposalStore proposals, IStringLocalizer<ThemeTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Responses;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var unanswered = new AllProposals(await proposals.ListAsync(cycle, cancel)).Unanswered.Count();
        return unanswered == 0 ? [] : [new Lack(texts[unanswered == 1 ? "LackResponseOne" : "LackResponses", unanswered], "/staff/proposals?answered=no", Blocks: true)];
    }
}
