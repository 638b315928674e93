using System.Globalization;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Plans;

/// <summary>Activity 13: each member of the forum approves a version of the plan, or asks for changes with comments.</summary>
public sealed class ApprovalKind(PlanStore plans, ForumMembers members, Site site, IStringLocalizer<PlanTexts> texts) : IRequestKind
{
    public const string Name = "plan-approval";
    public const string Approve = "approve";
    private const int CommentsLength = 8000;

    public IReadOnlyList<RequestChoice> Choices { get; } =
        [new(Approve, new ChoiceField("remarks", CommentsLength, Optional: true)), new("changes", new ChoiceField("comments", CommentsLength))];

    public string Kind => Name;

    public string Activity => ActivityKeys.PlanApproval;

    public string Asks => ForumMembers.Name;

    public bool IsBinding => false;

    public IStringLocalizer Texts => texts;

    public static string ItemOf(int version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The last version, before it is approved.</summary>
    public async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel)
    {
        if ((await plans.ListAsync(cycle, cancel)) is not [.., { Approval: null, Amendment: null } version])
        {
            return [];
        }
        var item = new RequestItem(
            ItemOf(version.Number), texts["VersionTitle", version.Number], texts["ReadAt", site.Address(PlanAddress.Version(cycle, version.Number)), version.Hash]);
        return [.. (await members.ListAsync(cycle, cancel)).Select(member => new Inquiry(member, [item]))];
    }
}

/// <param name="Asked">The members who were asked, with what they said.</param>
public sealed record PlanTally(IReadOnlyList<AskedItem> Asked)
{
    public int Members => Asked.Count;

    public int Approve => Asked.Count(one => one.Said?.Choice == ApprovalKind.Approve);

    public int Changes => Asked.Count(one => one.Said is { Choice: not ApprovalKind.Approve });

    public bool IsOutOfReach => Members > 0 && PlanRules.IsOutOfReach(Members, Changes);
}

/// <summary>What the forum's members answered about a version.</summary>
public sealed class PlanVotes(ItemAnswers answers)
{
    public async Task<PlanTally> TallyAsync(Cycle cycle, int version, CancellationToken cancel) =>
        new(await answers.ListAsync(cycle, ApprovalKind.Name, ApprovalKind.ItemOf(version), cancel));
}

/// <summary>Names the resources of this folder.</summary>
public sealed class PlanTexts;
