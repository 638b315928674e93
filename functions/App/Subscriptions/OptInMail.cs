using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Subscriptions;

/// <summary>Asks a mailbox whether it wants the notices; to one that has them, how to end them.</summary>
public sealed class OptInMail(SubscriptionStore store, SubscriptionLinks links, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<SubscriptionTexts> texts) : IMailWriter
{
    public const string Name = "opt-in";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var asked = model.Deserialize<Model>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        if (await store.FindAsync(cycle, asked.Id, cancel) is not { Record: var subscription } || clock.GetCurrentInstant() - asked.At > Subscription.Patience)
        {
            return null;
        }
        return subscription.ConfirmedAt is null
            ? new MailContent(texts["OptInSubject"],
            [
                new MailPart.Heading(texts["OptInSubject"]),
                new MailPart.Paragraph(texts["OptInText", cycle.Name]),
                new MailPart.Button(texts["OptInButton"], links.OptInAddress(asked.Id, asked.At)),
                new MailPart.Small(texts["OptInNotYou"]),
            ])
            : new MailContent(texts["AlreadySubject"],
            [
                new MailPart.Heading(texts["AlreadySubject"]),
                new MailPart.Paragraph(texts["AlreadyText", cycle.Name]),
                new MailPart.Button(texts["EndButton"], links.UnsubscribeAddress(subscription)),
            ]);
    }

    internal sealed record Model(string Id, Instant At);
}
