using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Emails;

/// <summary>Where SendGrid tells what became of the mails it accepted.</summary>
public sealed class ReceiveMailEvents(WebhookSignature signature, MailHearing hearing)
{
    [Function(nameof(ReceiveMailEvents))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/sendgrid")] HttpRequest request, CancellationToken cancel)
    {
        if (await Body.ReadAsync(request, BodyLimits.Webhook, cancel) is not { } body)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is larger than 1 MiB.");
        }
        if (!signature.IsValid(request.Headers[WebhookSignature.SignatureHeader], request.Headers[WebhookSignature.TimestampHeader], body))
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "bad-signature", "The signature is not valid.");
        }
        if (MailEvents.Read(body) is not { } events)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid", "The body is not a JSON array of events.");
        }
        await hearing.HearAsync(events, cancel);
        return Results.Ok();
    }
}

/// <summary>Writes what events tell to the mails they tell of.</summary>
public sealed class MailHearing(MailStore mails, TimeProvider clock, ILogger<MailHearing> log)
{
    private const int AtOnce = 8;

    /// <summary>Throws where something could not be written: SendGrid tells all of it again.</summary>
    public Task HearAsync(IReadOnlyList<MailEvent> events, CancellationToken cancel) =>
        Parallel.ForEachAsync(events, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (told, stop) =>
        {
            var began = TimeProvider.System.GetUtcNow();
            Stored<Mail>? heard;
            while ((heard = await mails.ChangeAsync(told.Key, null, mail => MailTransitions.Tell(mail, told.Round, told.Told), stop)) is null)
            {
                if (await mails.AddOrphanAsync(told, clock.GetCurrentInstant(), stop))
                {
                    return;
                }
            }
            // Only now it is known to which trace the news belong.
            using var activity = Traces.Continue($"mail told of: {told.Told.News}", heard.Record.Trace)?.SetStartTime(began.UtcDateTime);
            if (told.Told.News >= MailNews.Dropped)
            {
                log.LogWarning("Mail {Mail} is told as {News}.", told.Key, told.Told.News);
            }
        });
}
