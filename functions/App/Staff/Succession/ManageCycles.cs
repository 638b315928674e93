using System.Text;
using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
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

    /// <summary>What should be thought about before it does.</summary>
    public IReadOnlyList<Fault> Warnings { get; init; } = [];

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
public sealed class BeginCycle(StaffGate gate, CurrentCycle cycles, SucceedCycle succeed, TimeProvider clock)
{
    private const int MostShown = 20;

    [Function(nameof(BeginCycle))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/cycles")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Import, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var content = await Body.FileOrPastedAsync(admission.Form, "text", cancel);
        var model = new CyclesModel(await cycles.ListAsync(cancel));
        if (content.Length is 0 or > BodyLimits.Public)
        {
            return Refused(model, content.Length == 0 ? new Fault("file", "FileMissing") : new Fault("file", "TooLarge", BodyLimits.Public / 1024));
        }
        if (CsvText.Decode(content) is not { } typed)
        {
            return Refused(model, new Fault("file", "NoText"));
        }
        model = model with { Typed = typed };
        var (next, wrong) = CycleFile.Read(Encoding.UTF8.GetBytes(typed));
        if (next is null)
        {
            return Refused(model, [.. wrong.Take(MostShown).Select(fault => new Fault("file", "InFile", fault.In(Language.Spanish)))]);
        }
        if (admission.Form["act"] != "begin")
        {
            return await succeed.FaultsOfAsync(next, cancel) is { Count: > 0 } faults ? Refused(model, [.. faults])
                : Page.Of<CyclesPage>(new { Model = model with { Preview = next, Warnings = RebaseliningRules.WarningsOf(next, next.DateOf(clock.GetCurrentInstant())) } });
        }
        return await succeed.RunAsync(next, admission.Form["succeeds"].ToString(), admission.Actor, cancel) switch
        {
            Edited<Cycle>.Done => Page.See(request.HttpContext.Response, "/staff/cycles?done=1"),
            Edited<Cycle>.Invalid(var faults) => Refused(model, [.. faults]),
            _ => Page.Of<CyclesPage>(new { Model = model with { IsOvertaken = true } }, StatusCodes.Status409Conflict),
        };
    }

    private static IResult Refused(CyclesModel model, params Fault[] faults) => Page.Of<CyclesPage>(new { Model = model with { Faults = faults } }, StatusCodes.Status400BadRequest);
}

/// <summary>Names the resources of this folder.</summary>
public sealed class SuccessionTexts;
