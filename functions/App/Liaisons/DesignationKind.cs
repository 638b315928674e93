using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;

namespace OpenGov.Functions.Liaisons;

/// <summary>Activity 7: an authority names a principal and an alternate liaison for each of its themes.</summary>
public sealed class DesignationKind(
    ThemeStore themes, InstitutionStore institutions, LiaisonStore liaisons, IStringLocalizer<LiaisonTexts> texts) : IRequestKind
{
    public const string Name = "designation";
    public const string Designate = "designate";
    private const int MailboxLength = 254;
    private const int ReasonsLength = 2000;

    public IReadOnlyList<RequestChoice> Choices { get; } =
    [
        new(Designate, Line("principal"), Line("principal-office"), Mailbox("principal-email"), Line("alternate"), Line("alternate-office"), Mailbox("alternate-email")),
        new("not-ours", new ChoiceField("reasons", ReasonsLength)),
    ];

    public string Kind => Name;

    public string Activity => ActivityKeys.Liaisons;

    public IStringLocalizer Texts => texts;

    public IReadOnlyList<string> Faults { get; } = ["SamePerson"];

    /// <summary>Who would take the place of the principal is somebody else.</summary>
    public string? FaultOf(RequestItem item, string field, IReadOnlyDictionary<string, string> said) =>
        field == "alternate-email" && string.Equals(said[field], said["principal-email"], StringComparison.OrdinalIgnoreCase) ? "SamePerson" : null;

    public IEnumerable<Effect> FollowAnswer(OfficialRequest request, RequestAnswer answer) => [KeepLiaisons.EffectOf(request, answer)];

    /// <summary>Every institution, for those of its themes that have no liaison.</summary>
    public async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel)
    {
        var named = (await liaisons.ListAsync(cycle, cancel)).Select(liaison => (liaison.Institution, liaison.Theme)).ToHashSet();
        var adopted = (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted).ToList();
        return
        [
            .. (await institutions.ListAsync(cycle, cancel))
                .Select(institution => new Inquiry(Authorities.Of(institution),
                    [.. adopted.Where(theme => theme.Institutions.Contains(institution.Code) && !named.Contains((institution.Code, theme.Code))).Select(ItemOf)]))
                .Where(inquiry => inquiry.Items.Count > 0),
        ];
    }

    private static RequestItem ItemOf(Theme theme) => new(theme.Code, theme.Name, theme.Summary);

    private static ChoiceField Line(string name) => new(name, RequestLimits.Line, FieldFormat.Line);

    private static ChoiceField Mailbox(string name) => new(name, MailboxLength, FieldFormat.Mailbox) { IsPrivate = true };
}
