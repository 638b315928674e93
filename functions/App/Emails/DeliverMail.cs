using System.Text.Json;
using Azure;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

/// <summary>
/// Sends a mail once for its identity: it is claimed by a row before it goes, and a claim whose end nobody told
/// becomes <see cref="MailState.Unknown"/> instead of a second mail.
/// </summary>
public sealed class DeliverMail(
    MailStore mails, MailDrawing drawing, SendGridMailer mailer, ILogger<DeliverMail> log) : IEffectHandler
{
    public string Kind => MailEffect.Kind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var mail = effect.Payload.Deserialize<MailEffect>(Json.Options)!;
        if (mailer.Pause is var pause && pause > TimeSpan.Zero)
        {
            return EffectOutcome.Later(pause);
        }
        // Drawn before it is claimed: a writer that fails leaves no claim behind.
        if (await drawing.DrawAsync(mail, MailStore.KeyOf(mail.Identity), cancel) is not { } drawn)
        {
            return EffectOutcome.Done;
        }
        var claimed = new Mail(mail.Identity, mail.Template, MailState.Sending, $"{Guid.NewGuid():N}", Now, Attempts: 1);
        if (await mails.AddAsync(claimed, cancel) is { } added)
        {
            return await SendAsync(mail, drawn, claimed, added, cancel);
        }
        return await ResumeAsync(mail, drawn, claimed, cancel);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task<EffectOutcome> ResumeAsync(MailEffect mail, DrawnMail drawn, Mail claim, CancellationToken cancel)
    {
        if (await mails.FindAsync(mail.Identity, cancel) is not { } stored)
        {
            return EffectOutcome.Later(MailClaims.Longest);
        }
        var (step, wait) = MailClaims.Next(stored.Record, claim.Claim, Now);
        switch (step)
        {
            case ClaimStep.Done:
                return EffectOutcome.Done;
            case ClaimStep.Wait:
                return EffectOutcome.Later(wait);
            case ClaimStep.Flag:
                return await FlagAsync(mail, stored.Record with { State = MailState.Unknown, At = Now }, stored.ETag, cancel);
            case ClaimStep.Send when stored.Record.Claim == claim.Claim:
                return await SendAsync(mail, drawn, claim, stored.ETag, cancel);
        }
        var again = claim with { Attempts = stored.Record.Attempts + 1 };
        return await mails.ReplaceAsync(again, stored.ETag, cancel) is { } replaced
            ? await SendAsync(mail, drawn, again, replaced, cancel)
            : EffectOutcome.Later(MailClaims.Longest);
    }

    private async Task<EffectOutcome> SendAsync(MailEffect mail, DrawnMail drawn, Mail claim, ETag etag, CancellationToken cancel)
    {
        // Another mail may have been told to pause while this one was claimed.
        var answer = mailer.Pause is var pause && pause > TimeSpan.Zero
            ? new MailAnswer.Later(null, pause, Everyone: true)
            : await mailer.SendAsync(drawn, claim.Attempts);
        switch (answer)
        {
            case MailAnswer.Accepted:
                var sent = claim with { State = MailState.Sent, At = Now };
                if (await mails.ReplaceAsync(sent, etag, cancel) is null)
                {
                    await mails.PutSentAsync(sent, cancel);
                }
                return EffectOutcome.Done;
            case MailAnswer.Later later:
                log.LogWarning("Mail {Mail} was put off ({Status}); next try in {Seconds} s.", drawn.Key, later.Status, (int)later.Wait.TotalSeconds);
                await mails.ReplaceAsync(claim with { State = MailState.Pending, At = Now, Status = later.Status }, etag, cancel);
                return EffectOutcome.Later(later.Wait);
            case MailAnswer.Refused refused:
                return await FlagAsync(mail, claim with { State = MailState.Refused, At = Now, Status = refused.Status }, etag, cancel);
            default:
                return await FlagAsync(mail, claim with { State = MailState.Unknown, At = Now }, etag, cancel);
        }
    }

    private async Task<EffectOutcome> FlagAsync(MailEffect mail, Mail flagged, ETag etag, CancellationToken cancel)
    {
        log.LogError("Mail {Mail} is {State} ({Status}).", MailStore.KeyOf(mail.Identity), flagged.State, flagged.Status);
        await mails.FlagAsync(flagged, mail, etag, cancel);
        return EffectOutcome.Done;
    }
}
