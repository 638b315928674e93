using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Answers;

/// <summary>What came back to one kind of request, item by item.</summary>
public sealed class ShowAnswers(StaffGate gate, ItemAnswers answers, RequestKinds kinds, CurrentCycle cycles)
{
    [Function(nameof(ShowAnswers))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/answers/{kind}")] HttpRequest request, string kind, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal ? refusal
        : kinds.Find(kind) is not { IsNota: true } known ? Page.Error(StatusCodes.Status404NotFound)
        : Page.Of<AnswersPage>(new { Kind = known, Asked = await answers.ListAsync(await cycles.GetAsync(cancel), kind, cancel) });
}

/// <summary>The same as a spreadsheet: a row for each office and item.</summary>
public sealed class DownloadAnswers(StaffGate gate, ItemAnswers answers, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<AnswersTexts> texts)
{
    [Function(nameof(DownloadAnswers))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/answers/{kind}/sheet.csv")] HttpRequest request, string kind, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        if (kinds.Find(kind) is not { IsNota: true } known)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var asked = await answers.ListAsync(await cycles.GetAsync(cancel), kind, cancel);
        var fields = known.Choices.SelectMany(choice => choice.Fields).Where(field => !field.IsPrivate).DistinctBy(field => field.Name).ToList();
        return Results.File(
            SafeCsv.Write(
                [texts["Item"], texts["Title"], texts["Nota"], texts["Asked"], texts["Answer"], .. fields.Select(field => field.Label ?? known.Texts[$"Field-{field.Name}"].Value)],
                asked.Select(one => (IEnumerable<string?>)
                [
                    one.Item.Number, one.Item.Title, one.Request.Number, one.Request.InstitutionName, one.Said is { } said ? known.SaidOf(one.Item, said.Choice) : null,
                    .. fields.Select(field => one.Said?.Texts.GetValueOrDefault(field.Name)),
                ])),
            "text/csv; charset=utf-8", $"{kind}.csv");
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class AnswersTexts;
