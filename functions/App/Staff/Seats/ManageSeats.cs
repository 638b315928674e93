using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Agenda;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Seats;

/// <summary>The form by which a member leaves, as typed, with what is wrong with it.</summary>
public sealed record TypedLeave(string Member, string Reason, IReadOnlyList<Fault> Faults)
{
    /// <summary>The seat changed, or was given up, since it was looked at.</summary>
    public bool IsOvertaken { get; init; }
}

/// <summary>Takes a member who left out of the forum. Another person on the same seat is an import.</summary>
public sealed class RemoveMember(StaffGate gate, LeaveForum leave, MemberDesk desk)
{
    [Function(nameof(RemoveMember))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/members/leave")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = new TypedLeave(admission.Form["member"].ToString(), admission.Form["leave-reason"].ToString(), []);
        switch (await leave.RunAsync(typed.Member, typed.Reason, admission.Actor, cancel))
        {
            case Edited<ForumMember>.Done:
                return Page.See(request.HttpContext.Response, "/staff/members?left=1");
            case Edited<ForumMember>.Invalid(var faults):
                return await ShowAsync(typed with { Faults = faults }, StatusCodes.Status400BadRequest);
            default:
                return await ShowAsync(typed with { IsOvertaken = true }, StatusCodes.Status409Conflict);
        }

        async Task<IResult> ShowAsync(TypedLeave shown, int status) =>
            Page.Of<MembersPage>(new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel), Leave = shown }, status);
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class SeatTexts;
