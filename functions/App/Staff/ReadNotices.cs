using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class ReadNotices(StaffGate gate, NoticeReading notices, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<StaffTexts> texts)
{
    [Function(nameof(ReadNotices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/staff/notices")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var today = (await cycles.GetAsync(cancel)).DateOf(clock.GetCurrentInstant());
        var (range, fault) = NoticeRange.Read(request.Query["from"], request.Query["to"], today);
        return range is null
            ? Problems.Of(StatusCodes.Status400BadRequest, "invalid", texts["CheckTitle"], new Dictionary<string, string[]> { [fault!] = [texts["DateFault"]] })
            : Results.Json(
                new
                {
                    Upcoming = (await notices.UpcomingAsync(range.From, range.To, cancel)).Select(View),
                    Sent = (await notices.SentAsync(range.From, range.To, cancel)).Select(View),
                },
                Json.Options);
    }

    private static object View(NoticeRow row) => new
    {
        row.Notice.Identity,
        row.Notice.Kind,
        row.Notice.Subject,
        row.Notice.SendOn,
        row.Notice.Occasions,
        row.State,
        row.Recipients,
        SentOn = row.State == NoticeState.Sent ? row.On : (LocalDate?)null,
        row.Reason,
        row.What,
    };
}
