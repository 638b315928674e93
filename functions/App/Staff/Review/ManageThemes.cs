using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Review;

public sealed class ShowStaffThemes(StaffGate gate, ThemeDesk desk)
{
    [Function(nameof(ShowStaffThemes))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/themes")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<StaffThemesPage>(new { Model = await desk.ListAsync(ListQuery.Of(request.Query), cancel) });
}

public sealed class AddTheme(StaffGate gate, ThemeDesk desk, ChangeTheme change)
{
    [Function(nameof(AddTheme))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/themes")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = new TypedTheme("define", admission.Form["name"], admission.Form["summary"]);
        return await change.DefineAsync(typed.Name, typed.Summary, admission.Actor, cancel) switch
        {
            Edited<Theme>.Invalid(var faults) => Page.Of<StaffThemesPage>(
                new { Model = await desk.ListAsync(ListQuery.Of(request.Query), cancel) with { Typed = typed, Faults = faults } }, StatusCodes.Status400BadRequest),
            _ => Page.See(request.HttpContext.Response, "/staff/themes"),
        };
    }
}

/// <summary>What the forum has before it: every theme with the proposals under it, to be printed.</summary>
public sealed class ShowReviewFile(StaffGate gate, ThemeDesk desk)
{
    [Function(nameof(ShowReviewFile))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/themes/review")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<ReviewFilePage>(new { Model = await desk.ListAsync(ListQuery.Of(request.Query), cancel) });
}

public sealed class ShowStaffTheme(StaffGate gate, ThemeDesk desk)
{
    [Function(nameof(ShowStaffTheme))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/themes/{code:length(4)}")] HttpRequest request, string code, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return await desk.FindAsync(code, cancel) is { } model
            ? Page.Of<StaffThemePage>(new { Model = model with { Done = request.Query["done"] } })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>Edits a theme, records what the forum decided of it, or answers the authors of its proposals.</summary>
public sealed class ChangeStaffTheme(StaffGate gate, ThemeDesk desk)
{
    [Function(nameof(ChangeStaffTheme))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/themes/{code:length(4)}")] HttpRequest request, string code, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var typed = new TypedTheme(
            form["act"].ToString(), form["name"], form["summary"], form["outcome"], form["into"], form["reasons"], form["minutes"], form["decidedOn"], form["seen"].FirstOrDefault());
        if (typed.Act == "answer" && form["step"].ToString() is "preview" or "edit")
        {
            return await LookAgainAsync(code, typed, form["step"] == "preview", cancel);
        }
        return desk.ChangeAsync(code, typed, admission.Actor, cancel) is not { } changing ? Page.Error(StatusCodes.Status400BadRequest) : await changing switch
        {
            Edited<Theme>.Done => Page.See(request.HttpContext.Response, $"/staff/themes/{code}?done={typed.Act}"),
            Edited<Theme>.Invalid(var faults) => await ShowAsync(code, StatusCodes.Status400BadRequest, model => model with { Typed = typed, Faults = faults }, cancel),
            Edited<Theme>.Overtaken => await ShowAsync(code, StatusCodes.Status409Conflict, model => model with { Typed = typed, IsOvertaken = true }, cancel),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };
    }

    /// <summary>What would be sent, or the form with it, to be changed.</summary>
    private async Task<IResult> LookAgainAsync(string code, TypedTheme typed, bool isPreview, CancellationToken cancel) => await desk.FindAsync(code, cancel) is not { } found
        ? Page.Error(StatusCodes.Status404NotFound)
        : (found with { Typed = typed }) is var model && isPreview && desk.FaultsOfAnswer(model, typed) is { Count: > 0 } faults
            ? Page.Of<StaffThemePage>(new { Model = model with { Faults = faults } }, StatusCodes.Status400BadRequest)
            : isPreview ? Page.Of<AnswerPreviewPage>(new { Model = model }) : Page.Of<StaffThemePage>(new { Model = model });

    private async Task<IResult> ShowAsync(string code, int status, Func<ThemeModel, ThemeModel> with, CancellationToken cancel) =>
        await desk.FindAsync(code, cancel) is { } model ? Page.Of<StaffThemePage>(new { Model = with(model) }, status) : Page.Error(StatusCodes.Status404NotFound);
}
