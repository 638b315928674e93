using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Cycles;

public sealed class ShowChronogram(CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowChronogram))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "chronogram")] HttpRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return Page.Of<ChronogramPage>(new { Cycle = cycle, Today = cycle.DateOf(clock.GetCurrentInstant()) });
    }
}
