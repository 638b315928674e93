using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class ShowNotices(StaffGate gate, NoticeReading notices, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowNotices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/notices")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var today = (await cycles.GetAsync(cancel)).DateOf(clock.GetCurrentInstant());
        var (asked, fault) = NoticeRange.Read(request.Query["from"], request.Query["to"], today);
        var range = asked ?? NoticeRange.Around(today);
        return Page.Of<NoticesPage>(
            new
            {
                From = fault is null ? $"{range.From:uuuu-MM-dd}" : request.Query["from"].ToString(),
                To = fault is null ? $"{range.To:uuuu-MM-dd}" : request.Query["to"].ToString(),
                Fault = fault,
                Upcoming = await notices.UpcomingAsync(range.From, range.To, cancel),
                Sent = await notices.SentAsync(range.From, range.To, cancel),
            },
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
