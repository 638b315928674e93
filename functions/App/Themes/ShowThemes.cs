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
        var all = await proposals.AllAsync(cancel);
        return Page.Of<ThemeListPage>(new
        {
            Cycle = await cycles.GetAsync(cancel),
            Themes = await themes.GetAsync(cancel),
            Counts = all.ToAnswer.Select(all.ThemeOf).OfType<string>().CountBy(theme => theme).ToDictionary(),
            Received = all.ToAnswer.Count(),
            Answered = all.ToAnswer.Count() - all.Unanswered.Count(),
        });
    }
}

public sealed class ShowTheme(RecentThemes themes, ProposalSnapshot proposals)
{
    [Function(nameof(ShowTheme))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "themes/{code}")] HttpRequest request, string code, CancellationToken cancel)
    {
        var all = await themes.GetAsync(cancel);
        return all.FirstOrDefault(theme => theme.Code == code) is { } theme
            ? Page.Of<ThemePage>(new
            {
                Theme = theme,
                Into = all.FirstOrDefault(other => other.Code == theme.Decision?.Into),
                Joined = all.Where(other => other.Decision?.Into == code).ToList(),
                Proposals = (await proposals.AllAsync(cancel)).Of(code).OrderBy(proposal => proposal.ReceivedAt).ToList(),
            })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}
