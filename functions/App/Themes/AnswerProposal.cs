using System.Text.Json;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Themes;

/// <summary>Answers one proposal in words of its own, and with it what was merged into it.</summary>
public sealed class AnswerProposal(ProposalStore store, ThemeStore themes, ChangeProposals proposals, CurrentCycle cycles, TimeProvider clock)
{
    /// <param name="seen">The answer that was looked at: its time, or null where there was none.</param>
    public async Task<Edited<Proposal>> RunAsync(string code, string outcome, string? reasons, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        if (ProposalCode.Read(code) is not { } known || await store.FindAsync(cycle, known, cancel) is not { } proposal)
        {
            return new Edited<Proposal>.Unknown();
        }
        var all = await themes.ListAsync(cycle, cancel);
        var theme = all.FirstOrDefault(one => one.Code == proposal.Theme);
        var text = PlainText.Text(reasons);
        Fault[] own = proposal.Hidden is not null ? [new Fault("outcome", "ProposalHidden")] : proposal.Merged is not null ? [new Fault("outcome", "ProposalMerged", proposal.Merged.Into)] : [];
        if (own.Length > 0 || ThemeRules.FaultsOfResponse(outcome, text, theme, cycle, now) is { Count: > 0 })
        {
            return new Edited<Proposal>.Invalid(own.Length > 0 ? own : ThemeRules.FaultsOfResponse(outcome, text, theme, cycle, now));
        }
        if (proposal.Response is { } given && given.Outcome == outcome && given.Reasons == text)
        {
            return new Edited<Proposal>.Done(proposal);
        }
        if ((seen ?? "") != SeenOf(proposal))
        {
            return new Edited<Proposal>.Overtaken();
        }
        var response = new ReasonedResponse(outcome, text, theme?.Code, theme is null ? null : ThemeRules.Standing(theme, all).Name, now, by);
        var together = new AllProposals(await store.ListAsync(cycle, cancel)).With(known).Select(one => one.Code).Append(known);
        await proposals.RunAsync(
            together, one => one.Hidden is not null || SaysTheSame(one.Response, response) ? null : response.To(one),
            _ => new { outcome, response.Theme, Reasons = text }, ResponseMail.Of, cancel);
        return new Edited<Proposal>.Done((await store.FindAsync(cycle, known, cancel))!);
    }

    /// <summary>What a form remembers of the answer that it shows.</summary>
    public static string SeenOf(Proposal proposal) => proposal.Response is { } response ? Editing.SeenOf(response) : "";

    private static bool SaysTheSame(ReasonedResponse? one, ReasonedResponse other) => one is not null && one.Outcome == other.Outcome && one.Reasons == other.Reasons;
}

/// <summary>Answers every proposal of a theme that has no answer, with the theme's common response.</summary>
public sealed class AnswerThemeProposals(ProposalStore store, ThemeStore themes, ChangeProposals proposals, CurrentCycle cycles) : IEffectHandler
{
    private const string EffectKind = "answer-theme-proposals";

    public string Kind => EffectKind;

    public static Effect EffectOf(Cycle cycle, Theme theme) =>
        Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{theme.Code}!{theme.Response!.Version}", new Answered(theme.Code, theme.Response.Version));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var (code, version) = effect.Payload.Deserialize<Answered>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        var all = await themes.ListAsync(cycle, cancel);
        // A later sending answers for this one too.
        if (all.Single(one => one.Code == code) is not { Response: { } common } theme || common.Version != version)
        {
            return EffectOutcome.Done;
        }
        var response = new ReasonedResponse(common.Outcome, common.Reasons, code, ThemeRules.Standing(theme, all).Name, common.At, common.By, version);
        await proposals.RunAsync(
            new AllProposals(await store.ListAsync(cycle, cancel)).Of(code).Where(proposal => proposal.Response is null).Select(proposal => proposal.Code),
            proposal => proposal.Hidden is null && proposal.Response is null ? response.To(proposal) : null,
            _ => new { common.Outcome, Theme = code, Group = version }, ResponseMail.Of, cancel);
        return EffectOutcome.Done;
    }

    private sealed record Answered(string Theme, int Version);
}
