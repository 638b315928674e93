using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Agenda;

public sealed class ShowMembers(StaffGate gate, MemberDesk desk)
{
    [Function(nameof(ShowMembers))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/members")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
            ?? Page.Of<MembersPage>(new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel) with { IsDone = request.Query["done"].Count > 0 } });
}

/// <param name="Members">All of them.</param>
public sealed record MembersModel(ListView<ForumMember> List, IReadOnlyList<ForumMember> Members, string? Rules, string? Link)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsDone { get; init; }
}

public sealed class MemberDesk(ForumStore forum, CurrentCycle cycles, IStringLocalizer<MeetingTexts> texts) : IStaffList
{
    public string Name => "members";

    public async Task<MembersModel> ReadAsync(ListQuery asked, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var rules = await forum.FindRulesAsync(cycle, cancel);
        var members = await forum.ListAsync(cycle, cancel);
        return new MembersModel(ListView.Of(Shape, members, asked), members, rules?.Text, rules?.Link);
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ReadAsync(asked, cancel)).List;

    private ListShape<ForumMember> Shape => new(
        Name, "/staff/members",
        member => $"{member.Code} {member.Name} {member.Organization}",
        [new("sector", [("Government", texts["Government"]), ("NotGovernment", texts["NotGovernment"])], SectorOf)],
        [
            ListOrder.ByWords("code", (ForumMember member) => member.Code),
            ListOrder.ByWords("name", (ForumMember member) => member.Name),
            ListOrder.ByWords("organization", (ForumMember member) => member.Organization),
        ],
        [
            new("code", member => member.Code),
            new("name", member => member.Name),
            new("organization", member => member.Organization),
            new("sector", member => texts[SectorOf(member)]),
            new("mailbox", member => member.Mailbox, IsPersonal: true),
        ]);

    private static string SectorOf(ForumMember member) => member.Government ? "Government" : "NotGovernment";
}

/// <summary>Publishes how the forum works.</summary>
public sealed class PublishRules(StaffGate gate, MemberDesk desk, KeepRules keep)
{
    [Function(nameof(PublishRules))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/members")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var (rules, link) = (admission.Form["rules"].ToString(), admission.Form["link"].ToString());
        return await keep.RunAsync(rules, link, admission.Actor, cancel) is { Count: > 0 } faults
            ? Page.Of<MembersPage>(
                new { Model = await desk.ReadAsync(ListQuery.Of(request.Query), cancel) with { Rules = rules, Link = link, Faults = faults } }, StatusCodes.Status400BadRequest)
            : Page.See(request.HttpContext.Response, "/staff/members?done=1");
    }
}
