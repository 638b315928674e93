using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Decisions;

/// <summary>
/// The same decisions as JSON: <c>{"kind", "institution", "request", "hash", "reason", "text", "replacement", "due"}</c>, where request and hash
/// are those of the position in <c>GET /api/commitments</c>.
/// </summary>
public sealed class DecideByApi(StaffGate gate, DecideCommitment decide, RecentCommitments recent, CurrentCycle cycles, IStringLocalizer<DecisionTexts> texts)
{
    [Function(nameof(DecideByApi))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/staff/commitments/{number}/decisions")] HttpRequest request, string number, CancellationToken cancel)
    {
        var admission = await gate.RequireAsync(request, StaffRole.Organiser, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (!ContentType.IsJson(request))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", texts["SendJson"]);
        }
        if (await Body.ReadAsync(request, BodyLimits.Public, cancel) is not { } body)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", texts["TooLarge", BodyLimits.Public / 1024]);
        }
        if (Read(body) is not { } typed)
        {
            return Invalid("body", texts["Malformed"]);
        }
        if (typed.KindRead is not { } kind)
        {
            return Invalid("kind", texts["KindUnknown"]);
        }
        return await decide.DecideAsync(number, typed.Read(kind), admission.Actor, cancel) switch
        {
            Deciding.Done => Results.Json(CommitmentView.Of(await FindAsync(number, cancel), (await cycles.GetAsync(cancel)).Zone), Json.Options),
            Deciding.Unknown => Problems.Of(StatusCodes.Status404NotFound, "not-found", texts["NotFound"]),
            Deciding.Invalid(var field, var fault) => Invalid(field, texts[$"Fault-{fault}", DecisionRules.ReasonLength, ValidationKind.CounterproposalLength]),
            Deciding.NotNow => Problems.Of(StatusCodes.Status409Conflict, "not-now", texts["NotNowTitle"]),
            _ => Problems.Of(
                StatusCodes.Status409Conflict, "overtaken", texts["OvertakenTitle"],
                more: new Dictionary<string, object?> { ["commitment"] = CommitmentView.Of(await FindAsync(number, cancel), (await cycles.GetAsync(cancel)).Zone) }),
        };
    }

    private async Task<ConsolidatedCommitment> FindAsync(string number, CancellationToken cancel) =>
        (await recent.GetAsync(cancel)).Single(commitment => commitment.Number == number);

    private IResult Invalid(string field, string message) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid", texts["CheckTitle"], new Dictionary<string, string[]> { [field] = [message] });

    private static TypedDecision? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<TypedDecision>(body, Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
