using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Themes.Opinions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Review;

/// <summary>A form of a theme as typed.</summary>
public sealed record TypedTheme(
    string Act, string? Name, string? Summary, string? Outcome = null, string? Into = null, string? Reasons = null, string? Minutes = null, string? DecidedOn = null, string? Seen = null);

public sealed record ThemesModel(Cycle Cycle, IReadOnlyList<Theme> Themes, AllProposals Proposals)
{
    public TypedTheme? Typed { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];
}

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

public sealed class ThemeDesk(ThemeStore themes, ProposalSnapshot proposals, ItemAnswers answers, ChangeTheme change, CurrentCycle cycles, TimeProvider clock)
{
    public async Task<ThemesModel> ListAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return new ThemesModel(cycle, await themes.ListAsync(cycle, cancel), await proposals.AllAsync(cancel));
    }

    public async Task<ThemeModel?> FindAsync(string code, CancellationToken cancel)
    {
        var (cycle, all, proposals) = await ListAsync(cancel);
        return all.FirstOrDefault(theme => theme.Code == code) is { } theme
            ? new ThemeModel(
                cycle, theme, all, [.. proposals.Of(code).OrderBy(proposal => proposal.ReceivedAt)], [.. proposals.Of(code).Where(proposal => proposal.Response is null)],
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

    private static Task<Edited<Theme>> Invalid(string field, string text) => Task.FromResult<Edited<Theme>>(new Edited<Theme>.Invalid([new Fault(field, text)]));
}
