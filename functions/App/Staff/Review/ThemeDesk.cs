using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Themes.Opinions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Review;

/// <summary>A form of a theme as typed.</summary>
public sealed record TypedTheme(
    string Act, string? Name, string? Summary, string? Outcome = null, string? Into = null, string? Reasons = null, string? Minutes = null, string? DecidedOn = null, string? Seen = null);

public sealed record ThemesModel(Cycle Cycle, IReadOnlyList<Theme> Themes, AllProposals Proposals, ListView<CountedTheme> List)
{
    public TypedTheme? Typed { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];
}

/// <param name="Under">How many proposals stand under it.</param>
/// <param name="Unanswered">Those of them that wait for an answer.</param>
public sealed record CountedTheme(Theme Theme, int Under, int Unanswered);

/// <param name="Unanswered">Whom a common response would reach.</param>
public sealed record ThemeModel(Cycle Cycle, Theme Theme, IReadOnlyList<Theme> All, IReadOnlyList<Proposal> Proposals, IReadOnlyList<Proposal> Unanswered, LocalDate Today)
{
    public TypedTheme? Typed { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsOvertaken { get; init; }

    /// <summary>The act that was just done.</summary>
    public string? Done { get; init; }

    /// <summary>What the forum's members said before they meet.</summary>
    public IReadOnlyList<AskedItem> Opinions { get; init; } = [];
}

public sealed class ThemeDesk(
    ThemeStore themes, ProposalSnapshot proposals, ItemAnswers answers, ChangeTheme change, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<ThemeTexts> texts) : IStaffList
{
    public string Name => "themes";

    public async Task<ThemesModel> ListAsync(ListQuery asked, CancellationToken cancel)
    {
        var (cycle, all, received) = await ReadAsync(cancel);
        return new ThemesModel(cycle, all, received, ListView.Of(Shape, [.. all.Select(theme => Count(theme, [.. received.Of(theme.Code)]))], asked));
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ListAsync(asked, cancel)).List;

    public async Task<ThemeModel?> FindAsync(string code, CancellationToken cancel)
    {
        var (cycle, all, received) = await ReadAsync(cancel);
        return all.FirstOrDefault(theme => theme.Code == code) is { } theme
            ? new ThemeModel(
                cycle, theme, all, [.. received.Of(code).OrderBy(proposal => proposal.ReceivedAt)], [.. received.Of(code).Where(proposal => proposal.Response is null)],
                cycle.DateOf(clock.GetCurrentInstant()))
            {
                Opinions = await answers.ListAsync(cycle, ReviewKind.Name, code, cancel),
            }
            : null;
    }

    public Task<Edited<Theme>>? ChangeAsync(string code, TypedTheme typed, string by, CancellationToken cancel) => typed.Act switch
    {
        "edit" => change.EditAsync(code, typed.Name, typed.Summary, typed.Seen, by, cancel),
        "decide" when !Enum.TryParse<ThemeOutcome>(typed.Outcome, out var outcome) || !Enum.IsDefined(outcome) => Invalid("outcome", "OutcomeMissing"),
        "decide" => NodaTime.Text.LocalDatePattern.Iso.Parse(typed.DecidedOn?.Trim() ?? "") is { Success: true, Value: var decidedOn }
            ? change.DecideAsync(code, new ThemeDecision(Enum.Parse<ThemeOutcome>(typed.Outcome!), typed.Into, typed.Reasons ?? "", typed.Minutes ?? "", decidedOn), typed.Seen, by, cancel)
            : Invalid("decidedOn", "DateMissing"),
        "answer" => change.AnswerAsync(code, typed.Outcome ?? "", typed.Reasons, typed.Seen, by, cancel),
        _ => null,
    };

    /// <summary>What is wrong with a common response, before it is sent.</summary>
    public IReadOnlyList<Fault> FaultsOfAnswer(ThemeModel model, TypedTheme typed) =>
        ThemeRules.FaultsOfResponse(typed.Outcome ?? "", PlainText.Text(typed.Reasons), model.Theme, model.Cycle, clock.GetCurrentInstant());

    private ListShape<CountedTheme> Shape => new(
        Name, "/staff/themes",
        one => $"{one.Theme.Code} {one.Theme.Name} {one.Theme.Summary}",
        [
            new("decision",
                [("Candidate", texts["Outcome-Candidate"]), .. Enum.GetValues<ThemeOutcome>().Select(outcome => ($"{outcome}", texts[$"Outcome-{outcome}"].Value))],
                one => one.Theme.Decision is { } decision ? $"{decision.Outcome}" : "Candidate"),
        ],
        [
            new("usual"),
            ListOrder.ByWords("name", (CountedTheme one) => one.Theme.Name),
            ListOrder.Down("proposals", (CountedTheme one) => one.Under),
            ListOrder.Down("unanswered", (CountedTheme one) => one.Unanswered),
        ],
        [
            new("code", one => one.Theme.Code),
            new("name", one => one.Theme.Name),
            new("summary", one => one.Theme.Summary),
            new("decision", one => texts[$"Outcome-{one.Theme.Decision?.Outcome.ToString() ?? "Candidate"}"]),
            new("reasons", one => one.Theme.Decision?.Reasons),
            new("institutions", one => string.Join(' ', one.Theme.Institutions)),
            new("proposals", one => one.Under.ToString(CultureInfo.InvariantCulture)),
            new("unanswered", one => one.Unanswered.ToString(CultureInfo.InvariantCulture)),
        ]);

    private async Task<(Cycle Cycle, IReadOnlyList<Theme> All, AllProposals Received)> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return (cycle, await themes.ListAsync(cycle, cancel), await proposals.AllAsync(cancel));
    }

    private static CountedTheme Count(Theme theme, IReadOnlyList<Proposal> under) => new(theme, under.Count, under.Count(proposal => proposal.Response is null));

    private static Task<Edited<Theme>> Invalid(string field, string text) => Task.FromResult<Edited<Theme>>(new Edited<Theme>.Invalid([new Fault(field, text)]));
}
