using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Themes.Opinions;

/// <summary>Activity 3: before the forum meets, each member says what should become of each candidate theme. The forum decides when it meets.</summary>
public sealed class ReviewKind(ThemeStore themes, ForumMembers members, ProposalSnapshot proposals, IStringLocalizer<OpinionTexts> texts) : IRequestKind
{
    public const string Name = "theme-review";
    private const int WordsLength = 4000;

    public IReadOnlyList<RequestChoice> Choices { get; } =
    [
        new("adopt", new ChoiceField("remarks", WordsLength, Optional: true)),
        new("join", new ChoiceField("with", WordsLength)),
        new("leave-out", new ChoiceField("reasons", WordsLength)),
    ];

    public string Kind => Name;

    public string Activity => ActivityKeys.Themes;

    public string Asks => ForumMembers.Name;

    public bool IsBinding => false;

    public IStringLocalizer Texts => texts;

    /// <summary>Every member about every theme on which the forum has not decided.</summary>
    public async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel)
    {
        var under = await proposals.AllAsync(cancel);
        var items = (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision is null)
            .Select(theme => new RequestItem(
                theme.Code, theme.Name, string.Join("\n", new[] { theme.Summary, texts["ProposalsUnder", under.Of(theme.Code).Count()].Value }.Where(line => line.Length > 0))))
            .ToList();
        return items.Count == 0 ? [] : [.. (await members.ListAsync(cycle, cancel)).Select(member => new Inquiry(member, items))];
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class OpinionTexts;
