using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Themes;

public sealed class ShowThemes(RecentThemes themes, ProposalSnapshot proposals, CurrentCycle cycles)
{
    [Function(nameof(ShowThemes))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "themes")] HttpRequest request, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var all = await proposals.AllAsync(cycle, cancel);
        return Page.Of<ThemeListPage>(new
        {
            Cycle = cycle,
            Themes = await themes.GetAsync(cycle, cancel),
            Counts = all.ToAnswer.Select(all.ThemeOf).OfType<string>().CountBy(theme => theme).ToDictionary(),
            Received = all.ToAnswer.Count(),
            Answered = all.ToAnswer.Count() - all.Unanswered.Count(),
        });
    }
}

public sealed class ShowTheme(RecentThemes themes, ProposalSnapshot proposals, CurrentCycle cycles)
{
    [Function(nameof(ShowTheme))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "themes/{code}")] HttpRequest request, string code, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var all = await themes.GetAsync(cycle, cancel);
        return all.FirstOrDefault(theme => theme.Code == code) is { } theme
            ? Page.Of<ThemePage>(new
            {
                Cycle = cycle,
                Theme = theme,
                Into = all.FirstOrDefault(other => other.Code == theme.Decision?.Into),
                Joined = all.Where(other => other.Decision?.Into == code).ToList(),
                Proposals = (await proposals.AllAsync(cycle, cancel)).Of(code).OrderBy(proposal => proposal.ReceivedAt).ToList(),
            })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}
