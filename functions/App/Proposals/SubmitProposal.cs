using System.Net.Mime;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

public sealed class SubmitProposal(ProposalIntake intake, CurrentCycle cycles, IntakeLimits limits, Site site, IStringLocalizer<ProposalTexts> texts)
{
    private const int LongestKey = 200;

    [Function(nameof(SubmitProposal))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/proposals")] HttpRequest request, CancellationToken cancel)
    {
        using var place = limits.TryEnter(request);
        if (!place.IsAcquired)
        {
            return Problems.RetryLater(request.HttpContext.Response, StatusCodes.Status429TooManyRequests, "too-many", texts["TooMany"], IntakeLimits.RetryAfterSeconds);
        }
        if (!Web.ContentType.IsJson(request))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", texts["SendJson"]);
        }
        if (await Body.ReadAsync(request, BodyLimits.Public, cancel) is not { } body)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", texts["TooLarge", BodyLimits.Public / 1024]);
        }
        if (request.Headers["Idempotency-Key"].FirstOrDefault() is { } key && (key.Length is 0 or > LongestKey || !key.All(symbol => symbol is > ' ' and <= '~')))
        {
            return Invalid("idempotency-key", texts["KeyMalformed"]);
        }
        if (ProposalJson.Read(body, out var field) is not { } input)
        {
            return Invalid(field, texts["Malformed"]);
        }
        Language.Use(Language.Known(input.Language ?? Language.Current));
        var origin = new IntakeOrigin(request.Headers["Idempotency-Key"].FirstOrDefault() is { } given ? $"api|{given}" : null, FormShownAt: null);
        return await AnswerAsync(await intake.AcceptAsync(input with { Language = Language.Current }, origin, cancel), request.HttpContext.Response, cancel);
    }

    private async Task<IResult> AnswerAsync(Intake outcome, HttpResponse response, CancellationToken cancel)
    {
        switch (outcome)
        {
            case Intake.Accepted(var proposal, _):
                var view = ProposalView.Of(proposal, await cycles.GetAsync(cancel), site);
                response.Headers.Location = view.Url;
                return Results.Json(new { view.Code, view.ReceivedAt, view.Url }, Storage.Json.Options, MediaTypeNames.Application.Json, StatusCodes.Status201Created);
            case Intake.OutsideWindow(var decision, var cycle) refused:
                var early = decision == CallDecision.NotOpenYet;
                return Problems.Of(
                    StatusCodes.Status409Conflict, refused.Reason,
                    early ? texts["OpensOn", DateWords.Day(cycle.Call.Opens)] : texts["ClosedOn", DateWords.Deadline(cycle.Call.Closes)],
                    more: new Dictionary<string, object?> { ["opens"] = cycle.Call.Opens, ["closes"] = cycle.Call.Closes, ["timeZone"] = cycle.TimeZone });
            case Intake.KeyUsedOtherwise refused:
                return Problems.Of(StatusCodes.Status422UnprocessableEntity, refused.Reason, texts["KeyUsed"]);
            case Intake.Invalid(var failures) refused:
                return Problems.Of(StatusCodes.Status400BadRequest, refused.Reason, texts["InvalidTitle"], failures
                    .GroupBy(failure => ProposalJson.FieldOf(failure.PropertyName))
                    .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToArray()));
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} has no answer.");
        }
    }

    private IResult Invalid(string field, string message) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid", texts["InvalidTitle"], new Dictionary<string, string[]> { [field] = [message] });
}
