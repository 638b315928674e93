using System.Text;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Succession;

/// <param name="All">The current one first.</param>
public sealed record CyclesModel(IReadOnlyList<Cycle> All)
{
    /// <summary>The file as chosen or pasted.</summary>
    public string Typed { get; init; } = "";

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What would take the place of the current one, to be looked at before it does.</summary>
    public Cycle? Preview { get; init; }

    public bool IsOvertaken { get; init; }

    public bool IsDone { get; init; }
}

public sealed class ShowCycles(StaffGate gate, CurrentCycle cycles)
{
    [Function(nameof(ShowCycles))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/cycles")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<CyclesPage>(new { Model = new CyclesModel(await cycles.ListAsync(cancel)) { IsDone = request.Query["done"].Count > 0 } });
}

/// <summary>Shows the cycle of a file, and begins it once that was seen.</summary>
public sealed class BeginCycle(StaffGate gate, CurrentCycle cycles, SucceedCycle succeed)
{
    [Function(nameof(BeginCycle))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/cycles")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = await TypedAsync(admission.Form, cancel);
        var model = new CyclesModel(await cycles.ListAsync(cancel)) { Typed = typed };
        if (string.IsNullOrWhiteSpace(typed))
        {
            return Refused(model, new Fault("file", "FileMissing"));
        }
        var (next, fault) = CycleFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(typed)));
        if (next is null)
        {
            return Refused(model, new Fault("file", "NoCycle", fault!));
        }
        if (admission.Form["act"] != "begin")
        {
            return await succeed.FaultsOfAsync(next, cancel) is { Count: > 0 } faults ? Refused(model, [.. faults]) : Page.Of<CyclesPage>(new { Model = model with { Preview = next } });
        }
        return await succeed.RunAsync(next, admission.Form["succeeds"].ToString(), admission.Actor, cancel) switch
        {
            Edited<Cycle>.Done => Page.See(request.HttpContext.Response, "/staff/cycles?done=1"),
            Edited<Cycle>.Invalid(var faults) => Refused(model, [.. faults]),
            _ => Page.Of<CyclesPage>(new { Model = model with { IsOvertaken = true } }, StatusCodes.Status409Conflict),
        };
    }

    private static IResult Refused(CyclesModel model, params Fault[] faults) => Page.Of<CyclesPage>(new { Model = model with { Faults = faults } }, StatusCodes.Status400BadRequest);

    private static async Task<string> TypedAsync(IFormCollection form, CancellationToken cancel)
    {
        if (form.Files["file"] is not { Length: > 0 } file)
        {
            return form["text"].ToString();
        }
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(cancel);
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class SuccessionTexts;
