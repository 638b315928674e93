using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class ShowNotices(StaffGate gate, NoticeDesk desk)
{
    [Function(nameof(ShowNotices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/notices")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel);
        return Page.Of<NoticesPage>(new { Model = model }, model.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
