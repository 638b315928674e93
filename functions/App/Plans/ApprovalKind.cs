using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Plans;

/// <summary>Activity 13: each member of the forum approves a version of the plan, or asks for changes with comments.</summary>
public sealed class ApprovalKind(PlanStore plans, ForumMembers members, Site site, IStringLocalizer<PlanTexts> texts) : IRequestKind
{
    public const string Name = "plan-approval";
    public const string Approve = "approve";
    private const int CommentsLength = 8000;

    private static readonly RequestChoice[] Choices =
        [new(Approve, new ChoiceField("remarks", CommentsLength, Optional: true)), new("changes", new ChoiceField("comments", CommentsLength))];

    public string Kind => Name;

    public string Activity => ActivityKeys.PlanApproval;

    public string Asks => ForumMembers.Name;

    public bool IsBinding => false;

    public IStringLocalizer Texts => texts;

    public IReadOnlyList<RequestChoice> ChoicesOf(RequestItem item) => Choices;

    public static string ItemOf(int version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The last version, before it is approved.</summary>
    public async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel)
    {
        if ((await plans.ListAsync(cycle, cancel)) is not [.., { Approval: null, Amendment: null } version])
        {
            return [];
        }
        var item = new RequestItem(
            ItemOf(version.Number), texts["VersionTitle", version.Number], texts["ReadAt", site.Address(PlanAddress.Version(cycle, version.Number)), version.Hash],
            JsonSerializer.SerializeToElement(new { }, Json.Options));
        return [.. (await members.ListAsync(cycle, cancel)).Select(member => new Inquiry(member, [item]))];
    }
}

/// <param name="Members">Those who sit in the forum, asked or not.</param>
/// <param name="Asked">How many of them were asked.</param>
public sealed record PlanTally(int Members, int Asked, int Approve, IReadOnlyList<(string Member, string Comments)> Changes)
{
    public int Quorum => PlanRules.Quorum(Members);

    public bool IsOutOfReach => Members > 0 && PlanRules.IsOutOfReach(Members, Changes.Count);

    /// <summary>Though all who were asked approved it, they would be too few.</summary>
    public bool AsksTooFew => Asked < Quorum;

    public bool HasQuorum => Members > 0 && Approve >= Quorum;
}

/// <summary>What the forum's members answered about a version. Who has left the forum counts no more, and each seat once.</summary>
public sealed class PlanVotes(RequestStore requests, ForumStore forum)
{
    public async Task<PlanTally> TallyAsync(Cycle cycle, int version, CancellationToken cancel)
    {
        var members = (await forum.ListAsync(cycle, cancel)).Select(member => member.Code).ToHashSet();
        var asked = (await requests.ListAsync(cycle.Id, cancel))
            .Where(nota => nota.Request is { Kind: ApprovalKind.Name, IsAnnulled: false } && nota.Request.Items[0].Number == ApprovalKind.ItemOf(version) && members.Contains(nota.Request.Institution))
            .GroupBy(nota => nota.Request.Institution).Select(seat => seat.LastOrDefault(nota => nota.Answer is not null) ?? seat.Last()).ToList();
        return new PlanTally(
            members.Count, asked.Count, asked.Count(nota => nota.Answer?.Items[0].Choice == ApprovalKind.Approve),
            [.. asked.Where(nota => nota.Answer is { } answer && answer.Items[0].Choice != ApprovalKind.Approve).Select(nota => (nota.Request.InstitutionName, nota.Answer!.Items[0].Texts["comments"]))]);
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class PlanTexts;
