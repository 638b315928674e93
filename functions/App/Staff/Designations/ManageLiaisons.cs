using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Designations;

/// <param name="Themes">Those that the forum adopted.</param>
/// <param name="Seen">All themes, as they were looked at.</param>
public sealed record LiaisonsModel(IReadOnlyList<Theme> Themes, IReadOnlyList<Institution> Institutions, ListView<LiaisonPlace> List, string Seen)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsOvertaken { get; init; }

    public bool IsDone { get; init; }
}

public sealed class LiaisonDesk(ThemeStore themes, InstitutionStore institutions, LiaisonMap map, CurrentCycle cycles, IStringLocalizer<LiaisonTexts> texts) : IStaffList
{
    public string Name => "liaisons";

    public async Task<LiaisonsModel> ReadAsync(ListQuery asked, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var all = await themes.ListAsync(cycle, cancel);
        var places = await map.ReadAsync(cancel);
        return new LiaisonsModel(
            [.. all.Where(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted)], await institutions.ListAsync(cycle, cancel), ListView.Of(ShapeOf(places), places, asked), Editing.SeenOf(all));
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ReadAsync(asked, cancel)).List;

    private ListShape<LiaisonPlace> ShapeOf(IReadOnlyList<LiaisonPlace> places) => new(
        Name, "/staff/liaisons",
        place => $"{place.Theme.Code} {place.Theme.Name} {place.Institution.Code} {place.Institution.Name} {place.Liaison?.Principal.Name} {place.Liaison?.Alternate.Name}",
        [
            new("state", [.. Enum.GetValues<LiaisonState>().Select(state => ($"{state}", texts[$"State-{state}"].Value))], place => $"{place.State}"),
            new("theme", [.. places.Select(place => (place.Theme.Code, place.Theme.Name)).Distinct()], place => place.Theme.Code),
            new("institution", [.. places.Select(place => (place.Institution.Code, place.Institution.Name)).Distinct().OrderBy(one => one.Name, ListOrder.Words)], place => place.Institution.Code),
        ],
        [
            new("theme"),
            ListOrder.ByWords("institution", (LiaisonPlace place) => place.Institution.Name),
            ListOrder.By("state", (LiaisonPlace place) => place.State),
        ],
        [
            new("theme", place => place.Theme.Name),
            new("institution", place => place.Institution.Name),
            new("state", place => texts[$"State-{place.State}"]),
            new("principal", place => place.Liaison?.Principal.Name),
            new("principal-office", place => place.Liaison?.Principal.Office),
            new("principal-mailbox", place => place.Liaison?.Principal.Mailbox, IsPersonal: true),
            new("alternate", place => place.Liaison?.Alternate.Name),
            new("alternate-office", place => place.Liaison?.Alternate.Office),
            new("alternate-mailbox", place => place.Liaison?.Alternate.Mailbox, IsPersonal: true),
            new("number", place => place.Liaison?.Nota),
        ]);
}

public sealed class ShowStaffLiaisons(StaffGate gate, LiaisonDesk desk)
{
    [Function(nameof(ShowStaffLiaisons))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/liaisons")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<StaffLiaisonsPage>(new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel) with { IsDone = request.Query["done"].Count > 0 } });
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
        var known = (await desk.ReadAsync(ListQuery.Of(request.Query), cancel)).Institutions.Select(institution => institution.Code).ToHashSet();
        var chosen = form["theme"].OfType<string>()
            .SelectMany(theme => form[$"of-{theme}"].OfType<string>().Where(known.Contains).Prepend("").Select(code => (Theme: theme, Code: code)))
            .ToLookup(one => one.Theme, one => one.Code);
        return await map.MapAsync(chosen, form["seen"].FirstOrDefault(), admission.Actor, cancel) switch
        {
            Edited<IReadOnlyList<Theme>>.Invalid(var faults) => Page.Of<StaffLiaisonsPage>(new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel) with { Faults = faults } }, StatusCodes.Status400BadRequest),
            Edited<IReadOnlyList<Theme>>.Overtaken => Page.Of<StaffLiaisonsPage>(new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel) with { IsOvertaken = true } }, StatusCodes.Status409Conflict),
            _ => Page.See(request.HttpContext.Response, "/staff/liaisons?done=1"),
        };
    }
}
