using System.Diagnostics;
using System.Text.Json;
using Azure;
using NodaTime.Extensions;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Emails;

/// <summary>
/// Sends a mail once for its identity: it is claimed by a row before it goes, and a claim whose end nobody told
/// becomes <see cref="MailState.Unknown"/> instead of a second mail.
/// </summary>
public sealed class DeliverMail(
    MailStore mails, MailDrawing drawing, SendGridMailer mailer, TimeProvider clock, ILogger<DeliverMail> log) : IEffectHandler
{
    private const int ServerError = 500;
    private const int MostLooks = 8;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public string Kind => MailEffect.Kind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var asked = effect.Payload.Deserialize<MailEffect>(Json.Options)!;
        var key = MailStore.KeyOf(asked.Identity);
        if (mailer.Pause is var pause && pause > TimeSpan.Zero)
        {
            return EffectOutcome.Later(pause);
        }
        // Drawn before it is claimed: a writer that fails leaves no claim behind.
        if (await drawing.DrawAsync(asked, key, cancel) is not { } drawn)
        {
            await mails.ChangeAsync(key, null, mail => After(mail, MailAct.Withdraw), cancel);
            return EffectOutcome.Done;
        }
        var claimed = new Mail(asked, MailState.Sending, $"{Guid.NewGuid():N}", SystemNow, Attempts: 1) { Subject = drawn.Subject, Since = clock.GetCurrentInstant(), Trace = Traces.Current };
        return await mails.AddAsync(key, claimed, cancel) is { } added
            ? await SendAsync(drawn, new Stored<Mail>(claimed, added), cancel)
            : await ResumeAsync(drawn, claimed, cancel);
    }

    private static DateTimeOffset SystemNow => TimeProvider.System.GetUtcNow();

    private async Task<EffectOutcome> ResumeAsync(DrawnMail drawn, Mail claimed, CancellationToken cancel, int looks = 1)
    {
        if (await mails.FindByKeyAsync(drawn.Key, cancel) is not { } stored)
        {
            return EffectOutcome.Later(MailClaims.Longest);
        }
        if (stored.Record.Effect is null)
        {
            // Events told of it before: it had gone, in a life of which this storage knows nothing.
            await mails.ChangeAsync(drawn.Key, stored, mail => mail with { Effect = claimed.Effect, Subject = claimed.Subject, Trace = claimed.Trace }, cancel);
            return EffectOutcome.Done;
        }
        var (step, wait) = MailClaims.Next(stored.Record, claimed.Claim, SystemNow);
        switch (step)
        {
            case ClaimStep.Wait when stored.Record.State == MailState.Sending && looks < MostLooks:
                // Most often another instance is about to tell that it went: no message has to wait for minutes to hear of it.
                await Task.Delay(BetweenLooks, cancel);
                return await ResumeAsync(drawn, claimed, cancel, looks + 1);
            case ClaimStep.Wait:
                return EffectOutcome.Later(wait);
            case ClaimStep.Flag:
                await EndAsync(drawn.Key, stored, stored.Record.Claim, mail => After(mail, MailAct.Lose), cancel);
                return EffectOutcome.Done;
            case ClaimStep.Send when stored.Record.Claim == claimed.Claim:
                return await SendAsync(drawn, stored, cancel);
            case ClaimStep.Send:
                var taken = await mails.ChangeAsync(
                    drawn.Key, stored,
                    mail => MailClaims.Next(mail, claimed.Claim, SystemNow).Step != ClaimStep.Send || mail.Claim == claimed.Claim ? null
                        : After(mail, MailAct.Begin) is { } begun ? begun with { Claim = claimed.Claim, Attempts = mail.Attempts + 1, Subject = drawn.Subject } : null,
                    cancel);
                return taken!.Record.Claim == claimed.Claim ? await SendAsync(drawn, taken, cancel) : EffectOutcome.Later(MailClaims.Longest);
            default:
                return EffectOutcome.Done;
        }
    }

    private async Task<EffectOutcome> SendAsync(DrawnMail drawn, Stored<Mail> claimed, CancellationToken cancel)
    {
        var mail = claimed.Record;
        // Another mail may have been told to pause while this one was claimed.
        var answer = mailer.Pause is var pause && pause > TimeSpan.Zero
            ? new MailAnswer.Later(null, pause, Everyone: true)
            : await SendAsync(drawn with { To = mail.Effect!.To, Round = mail.Round }, mail);
        var ended = await EndAsync(drawn.Key, claimed, mail.Claim, current => Answered(current, answer), cancel);
        if (answer is MailAnswer.Later later)
        {
            log.LogWarning("Mail {Mail} was put off ({Status}); next try in {Seconds} s.", drawn.Key, later.Status, (int)later.Wait.TotalSeconds);
            return ended?.State == MailState.Pending ? EffectOutcome.Later(later.Wait) : EffectOutcome.Done;
        }
        return EffectOutcome.Done;
    }

    private async Task<MailAnswer> SendAsync(DrawnMail drawn, Mail mail)
    {
        using var activity = Traces.Continue("send mail", null, ActivityKind.Client);
        var answer = await mailer.SendAsync(drawn, mail.Attempts);
        activity?.SetTag("mail.template", mail.Effect!.Template).SetTag("mail.attempt", mail.Attempts).SetTag("mail.answer", answer.GetType().Name)
            .SetStatus(answer is MailAnswer.Refused or MailAnswer.Unknown ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        return answer;
    }

    private Mail? Answered(Mail mail, MailAnswer answer) => answer switch
    {
        MailAnswer.Accepted => After(mail, MailAct.Accept),
        MailAnswer.Later later when After(mail, MailAct.PutOff) is { } putOff => putOff with
        {
            Status = later.Status,
            NotBefore = SystemNow + later.Wait,
            Doubts = mail.Doubts + (later.Status >= ServerError ? 1 : 0),
        },
        MailAnswer.Refused refused when After(mail, MailAct.Refuse) is { } given => given with { Status = refused.Status },
        MailAnswer.Unknown => After(mail, MailAct.Lose),
        _ => null,
    };

    /// <summary>Writes the end of a claim, unless staff or the clock have taken the mail further meanwhile.</summary>
    private async Task<Mail?> EndAsync(string key, Stored<Mail> claimed, string claim, Func<Mail, Mail?> end, CancellationToken cancel)
    {
        var ended = (await mails.ChangeAsync(key, claimed, mail => mail.Claim == claim ? end(mail) : null, cancel))?.Record;
        if (ended?.State is MailState.Unknown or MailState.Refused)
        {
            log.LogError("Mail {Mail} is {State} ({Status}).", key, ended.State, ended.Status);
        }
        return ended;
    }

    private Mail? After(Mail mail, MailAct act) => MailTransitions.After(mail, act, SystemNow, clock.GetCurrentInstant());
}
