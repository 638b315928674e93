using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

public sealed class ReadChronogram(CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ReadChronogram))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/chronogram")] HttpRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var today = cycle.DateOf(clock.GetCurrentInstant());
        return Results.Json(
            new
            {
                Cycle = cycle.Id,
                cycle.TimeZone,
                cycle.Version,
                Activities = cycle.Activities.Select(activity => new
                {
                    activity.Number,
                    activity.Key,
                    Title = activity.Title.ToString(),
                    Label = activity.Label.ToString(),
                    activity.Responsible,
                    activity.Opens,
                    activity.Closes,
                    State = activity.StateOn(today),
                }),
                Changes = cycle.Rebaselinings.Select(change => new { change.Version, On = cycle.DateOf(change.At), change.Reason, change.Moved }),
            },
            Json.Options);
    }
}

public sealed class ReadTerritories(CurrentCycle cycles)
{
    [Function(nameof(ReadTerritories))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories")] HttpRequest request, CancellationToken cancel) =>
        Results.Json((await cycles.GetAsync(cancel)).Territories, Json.Options);
}
