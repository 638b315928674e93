using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Requests;

public sealed record RoutedRequest(string Cycle, string Kind, string Id)
{
    public const string EffectKind = "route-request";

    public static Effect Effect(Cycle cycle, PlannedRequest request) =>
        Storage.Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{request.Id}", new RoutedRequest(cycle.Id, request.Kind, request.Id));
}

/// <summary>Routes one nota to its office. A message that comes twice finds the nota sent.</summary>
public sealed class RouteRequest(
    PlannedRequests planned, RequestKinds kinds, Addressees addressees, SendRequest send, FollowOffice follow, CurrentCycle cycles, Arrivals arrivals, TimeProvider clock)
{
    [Function(nameof(RouteRequest))]
    public async Task Run([QueueTrigger(Queues.Requests)] string message, CancellationToken cancel)
    {
        using var arrival = arrivals.Take<RoutedRequest>(Queues.Requests, message);
        var routed = arrival.Work;
        var cycle = await cycles.GetAsync(cancel);
        var plan = await planned.FindAsync(cycle, routed.Kind, routed.Id, cancel)
            ?? throw new InvalidOperationException($"Request {routed.Id} of cycle {routed.Cycle} is not known.");
        var to = await addressees.FindAsync(kinds.Named(plan.Kind), plan.Institution, plan.Seat, cycle, cancel)
            ?? throw new InvalidOperationException($"Request {routed.Id} has nobody to go to.");
        var request = new OfficialRequest(
            cycle.Id, plan.Id, plan.Kind, NotaBook.NumberOf(plan.Id), plan.Round, to.Institution, to.Name, to.Office, to.SecretariatMailbox,
            plan.Items, clock.GetCurrentInstant(), plan.Due)
        {
            Seat = to.Seat,
            Waits = to.IsChanging,
        };
        await send.SendAsync(request, cycle, cancel);
        // The office may have changed since it was read.
        await follow.AlignAsync(request, cancel);
    }
}
