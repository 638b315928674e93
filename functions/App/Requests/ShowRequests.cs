using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

public sealed class ShowRequests(RecentRequests recent, RequestKinds kinds, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowRequests))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "requests")] HttpRequest request, CancellationToken cancel) =>
        Page.Of<RequestListPage>(new
        {
            Cycle = await cycles.GetAsync(cancel),
            Now = clock.GetCurrentInstant(),
            Kinds = kinds,
            All = await recent.GetAsync(cancel),
            State = request.Query["state"].ToString(),
            Institution = request.Query["institution"].ToString(),
            KindOf = request.Query["kind"].ToString(),
        });
}
