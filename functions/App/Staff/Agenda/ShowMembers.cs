using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Agenda;

public sealed class ShowMembers(StaffGate gate, ForumStore forum, CurrentCycle cycles)
{
    [Function(nameof(ShowMembers))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/members")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
            ?? Page.Of<MembersPage>(new { Model = await MembersModel.ReadAsync(forum, await cycles.GetAsync(cancel), cancel) with { IsDone = request.Query["done"].Count > 0 } });
}

public sealed record MembersModel(IReadOnlyList<ForumMember> Members, string? Rules, string? Link)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsDone { get; init; }

    public static async Task<MembersModel> ReadAsync(ForumStore forum, Cycle cycle, CancellationToken cancel)
    {
        var rules = await forum.FindRulesAsync(cycle, cancel);
        return new MembersModel(await forum.ListAsync(cycle, cancel), rules?.Text, rules?.Link);
    }
}

/// <summary>Publishes how the forum works.</summary>
public sealed class PublishRules(StaffGate gate, ForumStore forum, KeepRules keep, CurrentCycle cycles)
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
                new { Model = await MembersModel.ReadAsync(forum, await cycles.GetAsync(cancel), cancel) with { Rules = rules, Link = link, Faults = faults } }, StatusCodes.Status400BadRequest)
            : Page.See(request.HttpContext.Response, "/staff/members?done=1");
    }
}
