using FluentValidation.Results;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>The form's steps: review, change, send. What was typed is shown again whatever the answer is.</summary>
public sealed class SendProposalForm(
    ProposalIntake intake, CurrentCycle cycles, FormTickets tickets, IntakeLimits limits, Links links, TimeProvider clock, IStringLocalizer<ProposalTexts> texts)
{
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
            _ => Review(cycle, form),
        };
    }

    private IResult Review(Cycle cycle, ProposalForm form) =>
        new ProposalRules(cycle, texts).Validate(form.Input.Cleaned()) is { IsValid: false } result
            ? Show(cycle, form, StatusCodes.Status400BadRequest, failures: result.Errors)
            : Page.Of<ProposalReviewPage>(new { Cycle = cycle, Form = form });

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
            Intake.KeyUsedOtherwise => Show(cycle, form with { Ticket = tickets.Issue() }, StatusCodes.Status409Conflict, texts["SentAlready"]),
            Intake.OutsideWindow(var decision, _) => Show(cycle, form, StatusCodes.Status409Conflict, decision == CallDecision.NotOpenYet
                ? texts["OpensOn", DateWords.Day(cycle.Call.Opens)]
                : texts["ClosedOn", DateWords.Deadline(cycle.Call.Closes)]),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no page."),
        };
    }

    private static IResult Show(Cycle cycle, ProposalForm form, int status, string? problem = null, IReadOnlyList<ValidationFailure>? failures = null) =>
        Page.Of<ProposalFormPage>(new { Cycle = cycle, Form = form, Problem = problem, Failures = failures ?? [] }, status);
}
