using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>The API's way to send notas; they travel by the queue, so that the answer is 202.</summary>
public sealed class SendRequestsByApi(
    StaffGate gate, DispatchValidation validations, DispatchRequests requests, OpenRequests open, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<NotasTexts> texts)
{
    [Function(nameof(SendRequestsByApi))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/staff/requests")] HttpRequest request, CancellationToken cancel)
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
        if (Read(body, out var field) is not { } asked)
        {
            return Invalid(field, texts["Malformed"]);
        }
        return asked switch
        {
            { Due: null } => Invalid("due", texts["DueMissing"]),
            { Kind: not ValidationKind.Name } => kinds.Find(asked.Kind) is { } kind ? await SendAsync(kind, asked, admission.Actor, cancel) : Invalid("kind", texts["UnknownKind"]),
            { Commitments: not { Count: > 0 } } => Invalid("commitments", texts["Refused-nothing-chosen"]),
            _ => Answer(await validations.DispatchAsync([.. asked.Commitments.Select(number => number ?? "")], asked.Due.Value, admission.Actor, cancel)),
        };
    }

    /// <summary>To all who can be asked and reached, where nobody is named.</summary>
    private async Task<IResult> SendAsync(IRequestKind kind, Asked asked, string by, CancellationToken cancel)
    {
        var to = asked.To?.Select(key => key ?? "").ToList()
            ?? [.. (await open.ToBeSentAsync(kind, await cycles.GetAsync(cancel), cancel)).Where(inquiry => inquiry.To.CanBeReached).Select(inquiry => DispatchRequests.KeyOf(inquiry.To))];
        return await requests.SendAsync(kind, to, asked.Due!.Value, asked.Details ?? "", by, cancel) switch
        {
            Sending.Sent(var sent) => Results.Json(
                new { sent[0].Round, Requests = sent.Select(request => new { request.Id, Number = NotaBook.NumberOf(request.Id), request.Institution, request.Seat }) },
                Json.Options, statusCode: StatusCodes.Status202Accepted),
            Sending.Refused("already-asked", var which) => Problems.Of(
                StatusCodes.Status409Conflict, "already-sent", texts["Refused-already-asked", string.Join(", ", which)]),
            Sending.Refused("details", _) => Invalid("details", kind.Texts["Details-Wrong"]),
            Sending.Refused(var code, var which) => Invalid(code == "due-passed" ? "due" : "to", texts[$"Refused-{code}", string.Join(", ", which)]),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no answer."),
        };
    }

    private IResult Answer(Dispatching outcome) => outcome switch
    {
        Dispatching.Dispatched(var sent) => Results.Json(
            new { Round = sent.Round, Requests = sent.Notas.Select(nota => new { nota.Id, nota.Number, nota.Institution }) },
            Json.Options, statusCode: StatusCodes.Status202Accepted),
        Dispatching.Refused("already-sent", var which) => Problems.Of(
            StatusCodes.Status409Conflict, "already-sent", texts["Refused-already-sent", string.Join(", ", which)]),
        Dispatching.Refused(var code, var which) => Invalid(code == "due-passed" ? "due" : "commitments", texts[$"Refused-{code}", string.Join(", ", which)]),
        var other => throw new InvalidOperationException($"{other.GetType().Name} has no answer."),
    };

    private IResult Invalid(string field, string message) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid", texts["CheckTitle"], new Dictionary<string, string[]> { [field] = [message] });

    private static Asked? Read(byte[] body, out string field)
    {
        field = "body";
        try
        {
            return JsonSerializer.Deserialize<Asked>(body, Json.Options);
        }
        catch (JsonException malformed)
        {
            field = malformed.Path is { Length: > 2 } path ? path.TrimStart('$', '.') : field;
            return null;
        }
    }

    private sealed record Asked(string? Kind, IReadOnlyList<string?>? Commitments, LocalDate? Due, IReadOnlyList<string?>? To = null, string? Details = null);
}
