using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class ShowActivities(StaffGate gate, CurrentCycle cycles, ActivityChecks checks, TimeProvider clock)
{
    [Function(nameof(ShowActivities))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/activities")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var cycle = await cycles.GetAsync(cancel);
        var lacking = new Dictionary<string, IReadOnlyList<Lack>>();
        foreach (var activity in cycle.Dated.Where(activity => activity.Done is null))
        {
            lacking[activity.Key] = await checks.LackingAsync(cycle, activity.Key, cancel);
        }
        return Page.Of<ActivitiesPage>(new
        {
            Cycle = cycle,
            Lacking = lacking,
            Refused = cycle.Dated.FirstOrDefault(activity => activity.Key == request.Query["lacking"]),
            Today = cycle.DateOf(clock.GetCurrentInstant()),
            Changed = cycle.Dated.FirstOrDefault(activity => activity.Key == request.Query["changed"]),
            Version = request.Query["version"].FirstOrDefault(),
            TryAgain = request.Query["again"].Count > 0,
        });
    }
}

/// <summary>An organiser says that an activity is done, or takes it back.</summary>
public sealed class MarkActivity(StaffGate gate, MarkActivityDone marking)
{
    [Function(nameof(MarkActivity))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/activities")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var key = form["key"].ToString();
        MarkResult? result = form["action"].ToString() switch
        {
            "done" => await marking.DoneAsync(key, admission.Actor, cancel),
            "undo" => await marking.UndoAsync(key, admission.Actor, cancel),
            _ => null,
        };
        return result switch
        {
            null or MarkResult.UnknownActivity => Page.Error(StatusCodes.Status400BadRequest),
            MarkResult.Lacking => Page.See(request.HttpContext.Response, $"/staff/activities?lacking={key}#{key}"),
            MarkResult.TryAgain => Page.See(request.HttpContext.Response, "/staff/activities?again=1"),
            _ => Page.See(request.HttpContext.Response, $"/staff/activities?changed={key}#{key}"),
        };
    }
}
