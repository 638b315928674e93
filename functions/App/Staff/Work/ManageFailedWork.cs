using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Record;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Work;

public sealed class ShowFailedWork(StaffGate gate, FailedWorkDesk desk)
{
    [Function(nameof(ShowFailedWork))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/work")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Organiser, cancel)).Refusal
        ?? Page.Of<FailedWorkPage>(new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel), Replayed = request.Query["replayed"].FirstOrDefault() });
}

/// <summary>Gives what was put aside back to its queue.</summary>
public sealed class ReplayFailedWork(StaffGate gate, FailedWork failed, Ledger ledger)
{
    private const string Partition = "work";

    [Function(nameof(ReplayFailedWork))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/work")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var queue = admission.Form["queue"].ToString();
        if (!Queues.All.Contains(queue))
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        var moved = await failed.ReplayAsync(queue, cancel);
        if (moved > 0)
        {
            await ledger.CommitAsync(new Change(Tables.Sessions, Partition).Record(OfficialEvent.Of("work-replayed", queue, new { moved }, admission.Actor)), cancel);
        }
        return Page.See(request.HttpContext.Response, $"/staff/work?replayed={moved}");
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class WorkTexts;
