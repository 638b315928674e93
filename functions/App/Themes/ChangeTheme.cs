using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Themes;

/// <summary>Defines candidate themes, records what the forum decided of them, and sends their common responses.</summary>
public sealed class ChangeTheme(ThemeStore store, RecentThemes recent, CurrentCycle cycles, Editing editing, Ledger ledger, TimeProvider clock)
{
    private const int MostThemes = 99;

    /// <summary>A theme of the same name and summary, sent again, is the one that is there.</summary>
    public async Task<Edited<Theme>> DefineAsync(string? name, string? summary, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        while (await store.ListAsync(cycle, cancel) is { Count: < MostThemes } all)
        {
            var theme = new Theme($"T-{(all.Count + 1).ToString("D2", CultureInfo.InvariantCulture)}", PlainText.Line(name), PlainText.Text(summary));
            if (all.FirstOrDefault(other => other.Decision is null && (other.Name, other.Summary) == (theme.Name, theme.Summary)) is { } same)
            {
                return new Edited<Theme>.Done(same);
            }
            if (ThemeRules.FaultsOf(theme.Name, theme.Summary, theme.Code, all) is { Count: > 0 } faults)
            {
                return new Edited<Theme>.Invalid(faults);
            }
            var change = new Change(Tables.Themes, ThemeStore.PartitionOf(cycle))
                .Add(ThemeStore.RowOf(theme.Code), theme)
                .Record(OfficialEvent.Of("theme-defined", theme.Code, new { theme.Name, theme.Summary }, by));
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                recent.Forget();
                return new Edited<Theme>.Done(theme);
            }
        }
        return new Edited<Theme>.Invalid([new Fault("name", "TooManyThemes", MostThemes)]);
    }

    /// <param name="seen">The state that the member of staff looked at.</param>
    public async Task<Edited<Theme>> EditAsync(string code, string? name, string? summary, string? seen, string by, CancellationToken cancel)
    {
        var all = await store.ListAsync(await cycles.GetAsync(cancel), cancel);
        var (line, text) = (PlainText.Line(name), PlainText.Text(summary));
        return await ChangeAsync(
            code, seen, _ => ThemeRules.FaultsOf(line, text, code, all), theme => theme with { Name = line, Summary = text },
            (change, before, after) => change.Record(OfficialEvent.Of("theme-edited", code, new { after.Name, after.Summary, Before = before.Name }, by)), cancel);
    }

    /// <param name="seen">The state that the member of staff looked at.</param>
    public async Task<Edited<Theme>> DecideAsync(string code, ThemeDecision decision, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var all = await store.ListAsync(cycle, cancel);
        var cleaned = decision with
        {
            Into = decision.Outcome == ThemeOutcome.Joined ? decision.Into : null,
            Reasons = PlainText.Text(decision.Reasons),
            Minutes = PlainText.Line(decision.Minutes),
        };
        return await ChangeAsync(
            code, seen, theme => ThemeRules.FaultsOf(theme, cleaned, all, cycle.DateOf(clock.GetCurrentInstant())), theme => theme with { Decision = cleaned },
            (change, _, _) => change.Record(OfficialEvent.Of("theme-decided", code, cleaned, by)), cancel);
    }

    /// <summary>Sends the common response to every author of the theme who has no answer yet.</summary>
    /// <param name="seen">The state that the member of staff looked at.</param>
    public async Task<Edited<Theme>> AnswerAsync(string code, string outcome, string? reasons, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var text = PlainText.Text(reasons);
        return await ChangeAsync(
            code, seen, theme => ThemeRules.FaultsOfResponse(outcome, text, theme, cycle, now),
            theme => theme with { Response = new CommonResponse((theme.Response?.Version ?? 0) + 1, outcome, text, now, by) },
            (change, _, after) => change
                .Record(OfficialEvent.Of("theme-answered", code, new { outcome, Reasons = text, after.Response!.Version }, by))
                .Then(AnswerThemeProposals.EffectOf(cycle, after)),
            cancel);
    }

    private async Task<Edited<Theme>> ChangeAsync(
        string code, string? seen, Func<Theme, IReadOnlyList<Fault>> check, Func<Theme, Theme> how, Action<Change, Theme, Theme> follow, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var edited = await editing.RunAsync(new RowPlace(Tables.Themes, ThemeStore.PartitionOf(cycle), ThemeStore.RowOf(code)), seen, check, how, follow, cancel);
        recent.Forget();
        return edited;
    }
}
