using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Chronogram;

public sealed class ShowDates(StaffGate gate, DatesDesk desk)
{
    [Function(nameof(ShowDates))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/activities/dates")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Organiser, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var model = await desk.ModelAsync(TypedDates.Of, cancel);
        return Page.Of<DatesPage>(new { Model = model with { AskedForWeeks = request.Query.ContainsKey("month"), Weeks = WeeksOf(request.Query) } });
    }

    private static (NodaTime.LocalDate, NodaTime.LocalDate)? WeeksOf(IQueryCollection query) =>
        NodaTime.Text.YearMonthPattern.Iso.Parse(query["month"].ToString()) is { Success: true, Value: var month } && Number(query["from"]) is { } from && Number(query["to"]) is { } to
            ? RebaseliningRules.WeeksOf(month.Year, month.Month, from, to)
            : null;

    private static int? Number(string? typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 5 ? number : null;
}

/// <summary>Shows what a change of dates would do, and does it once that was seen.</summary>
public sealed class ChangeDates(StaffGate gate, DatesDesk desk, RebaselineChronogram rebaseline)
{
    [Function(nameof(ChangeDates))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/activities/dates")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var model = await desk.ModelAsync(cycle => TypedDates.Of(cycle, admission.Form), cancel);
        if (admission.Form["act"] != "apply")
        {
            var previewed = await desk.PreviewAsync(model, admission.Actor, cancel);
            return Page.Of<DatesPage>(new { Model = previewed }, StatusOf(previewed));
        }
        return await rebaseline.RunAsync(model.Typed.Wanted, model.Typed.Reason, model.Typed.Seen, admission.Actor, cancel) switch
        {
            Edited<Cycle>.Done(var cycle) => Page.See(request.HttpContext.Response, $"/staff/activities?version={cycle.Version}"),
            Edited<Cycle>.Invalid(var faults) => Page.Of<DatesPage>(new { Model = model with { Faults = faults } }, StatusCodes.Status400BadRequest),
            _ => Page.Of<DatesPage>(new { Model = model with { IsOvertaken = true } }, StatusCodes.Status409Conflict),
        };
    }

    private static int StatusOf(DatesModel model) =>
        model.IsOvertaken ? StatusCodes.Status409Conflict : model.Faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
}
