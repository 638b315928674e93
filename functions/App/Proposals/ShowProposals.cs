using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Moderation;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

public sealed class ShowProposals(ProposalSnapshot snapshot, RecentThemes themes, CurrentCycle cycles)
{
    [Function(nameof(ShowProposals))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "proposals")] HttpRequest request, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var filter = ReadProposals.FilterOf(request);
        return Page.Of<ProposalListPage>(new
        {
            Cycle = cycle,
            Themes = await themes.GetAsync(cycle, cancel),
            Filter = filter,
            Found = await snapshot.FindAsync(cycle, filter, cancel),
        });
    }
}

public sealed class ShowProposal(ProposalArchive archive, ProposalStore store, Links links, TimeProvider clock)
{
    [Function(nameof(ShowProposal))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "proposals/{code:length(9)}")] HttpRequest request, string code, CancellationToken cancel)
    {
        if (await archive.FindAsync(code, cancel) is not var (cycle, proposal))
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var justSent = links.Read(request.Query["sent"], LinkPurpose.Receipt, clock.GetUtcNow())?.Subject == proposal.Code;
        var standing = await MergeChain.EndAsync(proposal, other => store.FindAsync(cycle, other, cancel));
        return Page.Of<ProposalPageView>(new { Cycle = cycle, Proposal = proposal, Standing = standing, Today = cycle.DateOf(clock.GetCurrentInstant()), JustSent = justSent });
    }
}
