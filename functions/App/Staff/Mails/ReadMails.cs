using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Mails;

public sealed class ReadMails(StaffGate gate, MailDesk desk)
{
    [Function(nameof(ReadMails))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/staff/mails")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var zone = await desk.ZoneAsync(cancel);
        return Results.Json(new { Items = (await desk.ListAsync(cancel)).Select(mail => MailView.Of(mail, zone)) }, Json.Options);
    }
}

internal static class MailView
{
    public static object Of(DeskMail shown, NodaTime.DateTimeZone zone) => new
    {
        shown.Key,
        shown.Mail.Effect!.Template,
        shown.Mail.Subject,
        shown.Mail.Effect.To,
        shown.Mail.State,
        News = shown.Mail.Told?.News,
        shown.Mail.Told?.Reason,
        shown.Mail.Status,
        shown.Why,
        At = shown.At.InZone(zone).ToOffsetDateTime(),
        shown.Mail.Attempts,
        shown.Mail.Doubts,
        shown.Mail.Resent,
        shown.Mail.Round,
        shown.Mail.Settled,
        About = shown.Path,
    };
}

/// <summary>What staff decide about a mail, as JSON: <c>{"address", "round"}</c> to send it again, <c>{"reason", "round"}</c> to settle it.</summary>
public sealed class ActOnMailByApi(StaffGate gate, MailDesk desk, MailTasks tasks, IStringLocalizer<MailsTexts> texts)
{
    [Function(nameof(ActOnMailByApi))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/staff/mails/{key:length(32)}/{act}")] HttpRequest request, string key, string act, CancellationToken cancel)
    {
        var admission = await gate.RequireAsync(request, StaffRole.Organiser, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (await Body.ReadAsync(request, BodyLimits.Public, cancel) is not { } body)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", texts["TooLarge", BodyLimits.Public / 1024]);
        }
        if (body.Length > 0 && !ContentType.IsJson(request))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", texts["SendJson"]);
        }
        if (Read(body) is not { } asked)
        {
            return Invalid("body", texts["Malformed"]);
        }
        return act switch
        {
            "resend" => await AnswerAsync(await tasks.ResendTaskAsync(key, asked.Address, asked.Round, admission.Actor, cancel), cancel),
            "settle" => await AnswerAsync(await tasks.SettleAsync(key, asked.Reason, asked.Round, admission.Actor, cancel), cancel),
            _ => Problems.Of(StatusCodes.Status404NotFound, "not-found", texts["NotFound"]),
        };
    }

    private async Task<IResult> AnswerAsync(MailActing outcome, CancellationToken cancel)
    {
        var zone = await desk.ZoneAsync(cancel);
        return outcome switch
        {
            MailActing.Done(var mail) => Results.Json(MailView.Of(desk.Of(mail), zone), Json.Options),
            MailActing.AddressMalformed => Invalid("address", texts["AddressFault"]),
            MailActing.ReasonMalformed => Invalid("reason", texts["ReasonFault", MailTasks.ReasonLength]),
            MailActing.Overtaken(var mail) => Conflict("overtaken", texts["OvertakenTitle"], mail),
            MailActing.HoldsNoMore(var mail) => Conflict("holds-no-more", texts["HoldsNoMoreTitle"], mail),
            _ => Problems.Of(StatusCodes.Status404NotFound, "not-found", texts["NotFound"]),
        };

        IResult Conflict(string code, string title, Mail mail) => Problems.Of(
            StatusCodes.Status409Conflict, code, title, more: new Dictionary<string, object?> { ["mail"] = MailView.Of(desk.Of(mail), zone) });
    }

    private IResult Invalid(string field, string message) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid", texts["CheckTitle"], new Dictionary<string, string[]> { [field] = [message] });

    private static Asked? Read(byte[] body)
    {
        try
        {
            return body.Length == 0 ? new Asked(null, null, null) : JsonSerializer.Deserialize<Asked>(body, Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Asked(string? Address, string? Reason, int? Round);
}
