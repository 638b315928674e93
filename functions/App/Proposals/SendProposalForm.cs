using FluentValidation.Results;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Similar;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>The form's steps: review, change, send. What was typed is shown again whatever the answer is.</summary>
public sealed class SendProposalForm(
    ProposalIntake intake, CurrentCycle cycles, SimilarProposals similar, FormTickets tickets, IntakeLimits limits, Links links, TimeProvider clock,
    IStringLocalizer<ProposalTexts> texts)
{
    private const int MostSimilar = 5;

    /// <summary>The author does not wait for a large store to be read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Function(nameof(SendProposalForm))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "proposals/new")] HttpRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } sent)
        {
            return Page.Error(StatusCodes.Status413PayloadTooLarge);
        }
        var form = ProposalForm.Read(sent);
        // A field that people do not see: only a program fills it.
        if (sent["website"].ToString().Length > 0)
        {
            return Show(cycle, form, StatusCodes.Status400BadRequest, texts["NotSent"]);
        }
        return sent["step"].ToString() switch
        {
            "change" => Show(cycle, form, StatusCodes.Status200OK),
            "send" => await SendAsync(request.HttpContext, cycle, form, cancel),
            _ => await ReviewAsync(cycle, form, cancel),
        };
    }

    private async Task<IResult> ReviewAsync(Cycle cycle, ProposalForm form, CancellationToken cancel)
    {
        var input = form.Input.Cleaned();
        return new ProposalRules(cycle, texts).Validate(input) is { IsValid: false } result
            ? Show(cycle, form, StatusCodes.Status400BadRequest, failures: result.Errors)
            : Page.Of<ProposalReviewPage>(new { Cycle = cycle, Form = form, Similar = await SimilarAsync(input, cancel) });
    }

    /// <summary>Shown to think about, never in the way: none where they are not found in time.</summary>
    private async Task<IReadOnlyList<SimilarProposal>> SimilarAsync(ProposalInput input, CancellationToken cancel)
    {
        try
        {
            return await similar.FindPublicAsync(input.Title!, input.Problem!, MostSimilar, cancel).WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            return [];
        }
    }

    private async Task<IResult> SendAsync(HttpContext http, Cycle cycle, ProposalForm form, CancellationToken cancel)
    {
        using var place = limits.TryEnter(http.Request);
        if (!place.IsAcquired)
        {
            http.Response.Headers.RetryAfter = $"{IntakeLimits.RetryAfterSeconds}";
            return Show(cycle, form, StatusCodes.Status429TooManyRequests, texts["TooMany"]);
        }
        if (tickets.Read(form.Ticket) is not { } origin)
        {
            return Show(cycle, form with { Ticket = tickets.Issue() }, StatusCodes.Status400BadRequest, texts["FormTooOld"]);
        }
        return await intake.AcceptAsync(form.Input, origin, cancel) switch
        {
            Intake.Accepted(var proposal, _) => Page.See(http.Response, $"/proposals/{proposal.Code}?sent={links.TokenFor(new Link(LinkPurpose.Receipt, proposal.Code, 0, clock.GetUtcNow(), null))}"),
            Intake.Invalid(var failures) => Show(cycle, form, StatusCodes.Status400BadRequest, failures: failures),
            Intake.KeyUsedOtherwise => Show(cycle, form with { Ticket = tickets.Issue(origin.Via) }, StatusCodes.Status409Conflict, texts["SentAlready"]),
            Intake.OutsideWindow(var decision, _) => Show(cycle, form, StatusCodes.Status409Conflict, decision == CallDecision.NotOpenYet
                ? texts["OpensOn", DateWords.Day(cycle.Call.Opens)]
                : texts["ClosedOn", DateWords.Deadline(cycle.Call.Closes)]),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no page."),
        };
    }

    private static IResult Show(Cycle cycle, ProposalForm form, int status, string? problem = null, IReadOnlyList<ValidationFailure>? failures = null) =>
        Page.Of<ProposalFormPage>(new { Cycle = cycle, Form = form, Problem = problem, Failures = failures ?? [] }, status);
}
