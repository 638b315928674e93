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
        await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle ? Page.Error(StatusCodes.Status404NotFound)
        : Page.Of<RequestListPage>(new
        {
            Cycle = cycle,
            Now = clock.GetCurrentInstant(),
            Kinds = kinds,
            All = await recent.GetAsync(cycle, cancel),
            State = request.Query["state"].ToString(),
            Institution = request.Query["institution"].ToString(),
            KindOf = request.Query["kind"].ToString(),
            After = request.Query["after"].ToString(),
        });
}

/// <summary>One nota in public: what was asked, what became of it, and what was answered.</summary>
public sealed class ShowPublicRequest(RecentRequests recent, RequestKinds kinds, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowPublicRequest))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "requests/{id}")] HttpRequest request, string id, CancellationToken cancel) =>
        await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is { } cycle
            && (await recent.GetAsync(cycle, cancel)).FirstOrDefault(answered => answered.Request.Id == id) is { } found
            ? Page.Of<PublicRequestPage>(new { Answered = found, Kind = kinds.Of(found.Request), Cycle = cycle, Now = clock.GetCurrentInstant() })
            : Page.Error(StatusCodes.Status404NotFound);
}
