using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Emails;

/// <summary>
/// Sends a mail once. A claim is stored before the provider is asked: what was cut off in between is unknown, and
/// flagged rather than sent twice.
/// </summary>
public sealed class SendMail(MailStore store, MailProvider provider, IEnumerable<IMailWriter> writers, MailDrawing drawing, ILogger<SendMail> log) : IEffectHandler
{
    private static readonly Duration LongestInHand = Duration.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, IMailWriter> writers = writers.ToDictionary(writer => writer.Template);

    public string Kind => MailEffect.Kind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var mail = effect.Payload.Deserialize<MailEffect>(Json.Options)!;
        var id = MailStore.IdOf(mail.Identity);
        if (provider.Pause is { } pause)
        {
            return EffectOutcome.Later(pause);
        }
        if (await store.ClaimAsync(id, mail.Template, cancel) is { Record: var there })
        {
            return await MeetAsync(there, cancel);
        }
        return await SendClaimedAsync(mail, id, cancel);
    }

    private async Task<EffectOutcome> SendClaimedAsync(MailEffect mail, string id, CancellationToken cancel)
    {
        Language.Use(mail.Language);
        DrawnMail? drawn;
        try
        {
            drawn = await writers[mail.Template].WriteAsync(mail.Model, cancel) is { } content ? await drawing.DrawAsync(content) : null;
        }
        catch
        {
            await store.ReleaseAsync(id, CancellationToken.None);
            throw;
        }
        if (drawn is null)
        {
            await store.ReleaseAsync(id, CancellationToken.None);
            return EffectOutcome.Done;
        }
        var answer = await provider.SendAsync(mail.To, id, drawn, cancel);
        switch (answer)
        {
            case ProviderAnswer.NotNow(var wait):
                await store.ReleaseAsync(id, CancellationToken.None);
                return EffectOutcome.Later(wait);
            case ProviderAnswer.Taken:
                await store.SettleAsync(id, mail.Template, MailStatus.Sent, null, CancellationToken.None);
                return EffectOutcome.Done;
            case ProviderAnswer.Never(var status):
                log.LogError("The provider refuses mail {Mail} with {Status}.", id, status);
                await store.SettleAsync(id, mail.Template, MailStatus.Refused, status, CancellationToken.None);
                return EffectOutcome.Done;
            default:
                log.LogError("Whether mail {Mail} was sent is unknown: the connection was cut.", id);
                await store.SettleAsync(id, mail.Template, MailStatus.Unknown, null, CancellationToken.None);
                return EffectOutcome.Done;
        }
    }

    private async Task<EffectOutcome> MeetAsync(MailState there, CancellationToken cancel)
    {
        if (there.Status != MailStatus.Sending)
        {
            return EffectOutcome.Done;
        }
        if (MailStore.Age(there) < LongestInHand)
        {
            return EffectOutcome.Later(LookAgain);
        }
        log.LogError("Whether mail {Mail} was sent is unknown: its delivery was cut off.", there.Id);
        await store.SettleAsync(there.Id, there.Template, MailStatus.Unknown, null, cancel);
        return EffectOutcome.Done;
    }
}
