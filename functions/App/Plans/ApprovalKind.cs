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

/// <param name="Members">Those who sit in the forum, asked or not.</param>
/// <param name="Asked">Those of them who were asked, with what they said: each seat once.</param>
public sealed record PlanTally(int Members, IReadOnlyList<AskedItem> Asked)
{
    public int Quorum => PlanRules.Quorum(Members);

    public int Approve => Asked.Count(one => one.Said?.Choice == ApprovalKind.Approve);

    public int Changes => Asked.Count(one => one.Said is { Choice: not ApprovalKind.Approve });

    public bool IsOutOfReach => Members > 0 && PlanRules.IsOutOfReach(Members, Changes);

    /// <summary>Though all who were asked approved it, they would be too few.</summary>
    public bool AsksTooFew => Asked.Count < Quorum;

    public bool HasQuorum => Members > 0 && Approve >= Quorum;
}

/// <summary>What the forum's members answered about a version. Who has left the forum counts no more, and each seat once.</summary>
public sealed class PlanVotes(ItemAnswers answers, ForumStore forum)
{
    public async Task<PlanTally> TallyAsync(Cycle cycle, int version, CancellationToken cancel)
    {
        var members = (await forum.ListAsync(cycle, cancel)).Select(member => member.Code).ToHashSet();
        var asked = (await answers.ListAsync(cycle, ApprovalKind.Name, ApprovalKind.ItemOf(version), cancel)).Where(one => members.Contains(one.Request.Institution))
            .GroupBy(one => one.Request.Institution).Select(seat => seat.LastOrDefault(one => one.Said is not null) ?? seat.Last());
        return new PlanTally(members.Count, [.. asked]);
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class PlanTexts;
