using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Home;

public sealed class ShowHome(CurrentCycle cycles, ProposalSnapshot proposals, TimeProvider clock)
{
    // A route of "/" makes every function of the runtime answer 500 where the prefix is empty.
    [Function(nameof(ShowHome))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{home:maxlength(0)?}")] HttpRequest request, string? home, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return Page.Of<HomePage>(new
        {
            Cycle = cycle,
            Today = cycle.DateOf(clock.GetCurrentInstant()),
            Proposals = await proposals.CountAsync(cancel),
        });
    }
}
