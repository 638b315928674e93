using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Designations;

/// <param name="Themes">Those that the forum adopted.</param>
/// <param name="Seen">All themes, as they were looked at.</param>
public sealed record LiaisonsModel(IReadOnlyList<Theme> Themes, IReadOnlyList<Institution> Institutions, IReadOnlyList<LiaisonPlace> Places, string Seen)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsOvertaken { get; init; }

    public bool IsDone { get; init; }
}

public sealed class LiaisonDesk(ThemeStore themes, InstitutionStore institutions, LiaisonMap map, CurrentCycle cycles)
{
    public async Task<LiaisonsModel> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var all = await themes.ListAsync(cycle, cancel);
        return new LiaisonsModel(
            [.. all.Where(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted)], await institutions.ListAsync(cycle, cancel), await map.ReadAsync(cancel), Editing.SeenOf(all));
    }
}

public sealed class ShowStaffLiaisons(StaffGate gate, LiaisonDesk desk)
{
    [Function(nameof(ShowStaffLiaisons))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/liaisons")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<StaffLiaisonsPage>(new { Model = await desk.ReadAsync(cancel) with { IsDone = request.Query["done"].Count > 0 } });
}

/// <summary>Maps themes to institutions.</summary>
public sealed class ManageLiaisons(StaffGate gate, LiaisonDesk desk, MapInstitutions map)
{
    [Function(nameof(ManageLiaisons))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/liaisons")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var known = (await desk.ReadAsync(cancel)).Institutions.Select(institution => institution.Code).ToHashSet();
        var chosen = form["theme"].OfType<string>()
            .SelectMany(theme => form[$"of-{theme}"].OfType<string>().Where(known.Contains).Prepend("").Select(code => (Theme: theme, Code: code)))
            .ToLookup(one => one.Theme, one => one.Code);
        return await map.MapAsync(chosen, form["seen"].FirstOrDefault(), admission.Actor, cancel) switch
        {
            Edited<IReadOnlyList<Theme>>.Invalid(var faults) => Page.Of<StaffLiaisonsPage>(new { Model = await desk.ReadAsync(cancel) with { Faults = faults } }, StatusCodes.Status400BadRequest),
            Edited<IReadOnlyList<Theme>>.Overtaken => Page.Of<StaffLiaisonsPage>(new { Model = await desk.ReadAsync(cancel) with { IsOvertaken = true } }, StatusCodes.Status409Conflict),
            _ => Page.See(request.HttpContext.Response, "/staff/liaisons?done=1"),
        };
    }
}
