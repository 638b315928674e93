using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Moderation;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

public sealed class ReadProposal(ProposalArchive archive, ProposalStore store, Site site)
{
    [Function(nameof(ReadProposal))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/proposals/{code}")] HttpRequest request, string code, CancellationToken cancel)
    {
        if (await archive.FindAsync(code, cancel) is not var (cycle, proposal))
        {
            return Problems.Of(StatusCodes.Status404NotFound, "not-found", "There is no proposal with this code.");
        }
        var standing = await MergeChain.EndAsync(proposal, other => store.FindAsync(cycle, other, cancel));
        return Results.Json(ProposalView.Of(proposal, cycle, site, standing.Code), Json.Options);
    }
}

public sealed class ReadProposals(ProposalSnapshot snapshot, CurrentCycle cycles, Site site)
{
    [Function(nameof(ReadProposals))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/proposals")] HttpRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var page = await snapshot.FindAsync(FilterOf(request), cancel);
        return Results.Json(new ListBody([.. page.Items.Select(proposal => ProposalView.Of(proposal, cycle, site))], page.Next), NullsShown);
    }

    internal static ProposalFilter FilterOf(HttpRequest request) => new(
        request.Query["status"].FirstOrDefault(), request.Query["theme"].FirstOrDefault(), request.Query["territory"].FirstOrDefault(),
        request.Query["q"].FirstOrDefault(), request.Query["after"].FirstOrDefault(), request.Query["channel"].FirstOrDefault());

    private static System.Text.Json.JsonSerializerOptions NullsShown { get; } =
        new(Json.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never };

    private sealed record ListBody(IReadOnlyList<ProposalView> Items, string? Next);
}
