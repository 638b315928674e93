using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Cycles;

public sealed class DownloadCalendar(CurrentCycle cycles, Site site, IStringLocalizer<CycleTexts> texts)
{
    [Function(nameof(DownloadCalendar))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "chronogram.ics")] HttpRequest request, CancellationToken cancel)
    {
        var page = new Uri(site.Address($"/chronogram?lang={Language.Current}"));
        var calendar = ChronogramCalendar.Of(await cycles.GetAsync(cancel), page, texts["CalendarText"]);
        return Results.Bytes(Encoding.UTF8.GetBytes(calendar), "text/calendar; charset=utf-8", "chronogram.ics");
    }
}
