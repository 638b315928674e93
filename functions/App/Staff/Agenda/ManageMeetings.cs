using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Agenda;

public sealed class ShowStaffMeetings(StaffGate gate, MeetingDesk desk)
{
    [Function(nameof(ShowStaffMeetings))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/meetings")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<StaffMeetingsPage>(new
        {
            Model = await desk.ListAsync(ListQuery.Of(request.Query), cancel) with { Typed = request.Query["title"].Count + request.Query["activity"].Count > 0 ? TypedAct.Of("define", request.Query) : null },
        });
}

public sealed class AnnounceMeeting(StaffGate gate, MeetingDesk desk, ChangeMeeting change)
{
    [Function(nameof(AnnounceMeeting))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/meetings")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = TypedAct.Of("define", admission.Form);
        return await change.DefineAsync(typed.Meeting, admission.Actor, cancel) switch
        {
            Edited<Meeting>.Done(var meeting) => Page.See(request.HttpContext.Response, $"/staff/meetings/{meeting.Code}"),
            Edited<Meeting>.Invalid(var faults) => Page.Of<StaffMeetingsPage>(
                new { Model = await desk.ListAsync(ListQuery.Of(request.Query), cancel) with { Typed = typed, Faults = faults } }, StatusCodes.Status400BadRequest),
            _ => Page.Error(StatusCodes.Status409Conflict),
        };
    }
}

public sealed class ShowStaffMeeting(StaffGate gate, MeetingDesk desk)
{
    [Function(nameof(ShowStaffMeeting))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/meetings/{code:length(5)}")] HttpRequest request, string code, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return await desk.FindAsync(code, cancel) is { } model
            ? Page.Of<StaffMeetingPage>(new { Model = model with { Done = request.Query["done"] } })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>Changes a meeting, invites to it, or records what came of it.</summary>
public sealed class ChangeStaffMeeting(StaffGate gate, MeetingDesk desk)
{
    [Function(nameof(ChangeStaffMeeting))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/meetings/{code:length(5)}")] HttpRequest request, string code, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = TypedAct.Of(admission.Form["act"].ToString(), admission.Form);
        return desk.ChangeAsync(code, typed, admission.Actor, cancel) is not { } changing ? Page.Error(StatusCodes.Status400BadRequest) : await changing switch
        {
            Edited<Meeting>.Done => Page.See(request.HttpContext.Response, $"/staff/meetings/{code}?done={typed.Act}"),
            Edited<Meeting>.Invalid(var faults) => await ShowAsync(code, StatusCodes.Status400BadRequest, model => model with { Typed = typed, Faults = faults }, cancel),
            Edited<Meeting>.Overtaken => await ShowAsync(code, StatusCodes.Status409Conflict, model => model with { Typed = typed, IsOvertaken = true }, cancel),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };
    }

    private async Task<IResult> ShowAsync(string code, int status, Func<MeetingModel, MeetingModel> with, CancellationToken cancel) =>
        await desk.FindAsync(code, cancel) is { } model ? Page.Of<StaffMeetingPage>(new { Model = with(model) }, status) : Page.Error(StatusCodes.Status404NotFound);
}
