using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Themes.Opinions;

/// <summary>Activity 3: before the forum meets, each member says what should become of each candidate theme. The forum decides when it meets.</summary>
public sealed class ReviewKind(ThemeStore themes, ForumMembers members, ProposalSnapshot proposals, IStringLocalizer<OpinionTexts> texts) : IRequestKind
{
    public const string Name = "theme-review";
    private const int WordsLength = 4000;

    private static readonly RequestChoice[] Choices =
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

    public IReadOnlyList<RequestChoice> ChoicesOf(RequestItem item) => Choices;

    /// <summary>Every member about every theme on which the forum has not decided.</summary>
    public async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel)
    {
        var under = await proposals.AllAsync(cancel);
        var items = (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision is null)
            .Select(theme => new RequestItem(
                theme.Code, theme.Name, string.Join("\n", new[] { theme.Summary, texts["ProposalsUnder", under.Of(theme.Code).Count()].Value }.Where(line => line.Length > 0)),
                JsonSerializer.SerializeToElement(new { }, Json.Options)))
            .ToList();
        return items.Count == 0 ? [] : [.. (await members.ListAsync(cycle, cancel)).Select(member => new Inquiry(member, items))];
    }
}

/// <param name="Choice">Null where the member has not answered.</param>
/// <param name="Words">Empty where there are none.</param>
public sealed record Opinion(string Member, string Organization, string? Choice, string Words);

/// <summary>What the forum's members said of a theme.</summary>
public sealed class MemberOpinions(RequestStore requests)
{
    public async Task<IReadOnlyList<Opinion>> OfAsync(Cycle cycle, string theme, CancellationToken cancel) =>
    [
        .. (await requests.ListAsync(cycle.Id, cancel))
            .Where(nota => nota.Request is { Kind: ReviewKind.Name, IsAnnulled: false } && nota.Request.Items.Any(item => item.Number == theme))
            .Select(nota => Of(nota, nota.Answer?.Items.FirstOrDefault(item => item.Item == theme))),
    ];

    private static Opinion Of(AnsweredRequest nota, ItemAnswer? said) =>
        new(nota.Request.Office.Holder ?? nota.Request.InstitutionName, nota.Request.InstitutionName, said?.Choice, string.Join("\n", said?.Texts.Values ?? []));
}

/// <summary>Names the resources of this folder.</summary>
public sealed class OpinionTexts;
