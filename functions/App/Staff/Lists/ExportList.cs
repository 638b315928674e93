using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Lists;

/// <summary>A list of the console: a page of it at a time there, and all of it as a spreadsheet.</summary>
public interface IStaffList
{
    /// <summary>In its spreadsheet's address.</summary>
    string Name { get; }

    /// <summary>The least of those who may read it.</summary>
    StaffRole Reads => StaffRole.Reader;

    Task<ListView> ReadAsync(ListQuery asked, CancellationToken cancel);
}

public static class ListRegistration
{
    public static IServiceCollection AddList<TList>(this IServiceCollection services) where TList : class, IStaffList =>
        services.AddSingleton<TList>().AddSingleton<IStaffList>(provider => provider.GetRequiredService<TList>());
}

/// <summary>What a list's page finds, in the order in which it shows it. What leads to people is for those who act.</summary>
public sealed class ExportList(StaffGate gate, IEnumerable<IStaffList> lists, IStringLocalizer<ListTexts> texts)
{
    private readonly Dictionary<string, IStaffList> lists = lists.ToDictionary(list => list.Name);

    [Function(nameof(ExportList))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/exports/{name}")] HttpRequest request, string name, CancellationToken cancel)
    {
        var list = lists.GetValueOrDefault(name);
        var admission = await gate.RequireAsync(request, list?.Reads ?? StaffRole.Reader, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (list is null)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var sheet = (await list.ReadAsync(ListQuery.Of(request.Query), cancel)).Sheet(StaffGate.MayAct(admission.Member, StaffRole.Secretary));
        return Results.File(SafeCsv.Write(sheet.Columns.Select(column => texts[$"Column-{column}"].Value), sheet.Rows), "text/csv; charset=utf-8", $"{name}.csv");
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class ListTexts;
