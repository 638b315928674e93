using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Record;

namespace OpenGov.Functions.Emails;

/// <summary>A mail that may have gone, and of which no event told within an hour, goes once more; after another hour it is a task for staff.</summary>
public sealed class SettleUnknownMails(MailStore mails, TimeProvider clock)
{
    private const int AtOnce = 8;

    [Function(nameof(SettleUnknownMails))]
    public async Task Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var awaited = await mails.AwaitedAsync(now, cancel);
        await Parallel.ForEachAsync(awaited, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (one, stop) => await SettleAsync(one, now, stop));
    }

    private async Task SettleAsync(AwaitedMail awaited, Instant now, CancellationToken cancel)
    {
        var mail = await mails.FindByKeyAsync(awaited.Key, cancel);
        if (mail is { Record.Effect: null })
        {
            await mails.DeleteOrphanAsync(awaited.Key, mail.ETag, cancel);
        }
        else if (mail is not null)
        {
            mail = await mails.ChangeAsync(
                awaited.Key, mail, current => MailTransitions.Unheard(current, TimeProvider.System.GetUtcNow(), now), cancel,
                changed => OfficialEvent.Of(changed.Escalated ? "mail-unsettled" : "mail-sent-again", awaited.Key, new { changed.Effect!.Template, changed.Round }));
        }
        // The index counts in whole seconds.
        if (mail?.Record is not { Effect: not null } kept || MailTransitions.LookAgainAt(kept) is not { } due || due > now + Duration.FromSeconds(1))
        {
            await mails.ForgetAwaitedAsync(awaited, cancel);
        }
    }
}
