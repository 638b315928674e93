using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <param name="Asks">The kinds of nota that belong to it.</param>
/// <param name="Notices">Upcoming first, then those behind.</param>
public sealed record ActivityModel(
    Cycle Cycle, Activity Activity, LocalDate Today, IReadOnlyList<Lack> Lacking, IReadOnlyList<Evidence> Evidence, IReadOnlyList<IRequestKind> Asks, IReadOnlyList<NoticeRow> Notices);

/// <summary>One activity with all that belongs to it: what is missing to close it, what was done, who hears of it and when.</summary>
public sealed class ShowActivity(
    StaffGate gate, CurrentCycle cycles, ActivityChecks checks, ActivityEvidence evidence, RequestKinds kinds, NoticeReading notices, TimeProvider clock)
{
    [Function(nameof(ShowActivity))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/activity/{key}")] HttpRequest request, string key, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var cycle = await cycles.GetAsync(cancel);
        if (cycle.Dated.FirstOrDefault(activity => activity.Key == key) is not { } activity)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var today = cycle.DateOf(clock.GetCurrentInstant());
        var (first, last) = (cycle.Dated.Min(other => other.Opens).PlusYears(-1), cycle.Dated.Max(other => other.Closes).PlusYears(1));
        return Page.Of<ActivityPage>(new
        {
            Model = new ActivityModel(
                cycle, activity, today,
                activity.Done is null ? await checks.LackingAsync(cycle, key, cancel) : [],
                [.. (await evidence.ListAsync(cycle, cancel)).Where(one => one.Activity == key)],
                [.. kinds.All.Where(kind => kind.IsNota && kind.Activity == key)],
                [.. (await notices.UpcomingAsync(today, last, cancel)).Concat(await notices.SentAsync(first, today, cancel)).Where(row => row.Notice.Kind == NoticePlanner.ActivityKind && row.Notice.Subject == key)]),
        });
    }
}
