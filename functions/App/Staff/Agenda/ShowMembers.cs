using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Agenda;

public sealed class ShowMembers(StaffGate gate, ForumStore forum, CurrentCycle cycles)
{
    [Function(nameof(ShowMembers))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/members")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
            ?? Page.Of<MembersPage>(new { Members = await forum.ListAsync(await cycles.GetAsync(cancel), cancel) });
}
