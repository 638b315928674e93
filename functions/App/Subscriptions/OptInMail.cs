using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Subscriptions;

/// <summary>Asks a mailbox whether it wants what was asked for; one that has it, whether it wants to end it.</summary>
public sealed class OptInMail(SubscriptionStore store, SubscriptionLinks links, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<SubscriptionTexts> texts) : IMailWriter
{
    public const string Name = "opt-in";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var asked = model.Deserialize<Model>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        if (await store.FindAsync(cycle, asked.Id, cancel) is not { Record: var subscription } || clock.GetCurrentInstant() - asked.At > Subscription.Patience
            || (asked.For & subscription.Asked) is Purposes.None)
        {
            return null;
        }
        var open = asked.For & subscription.Asked & ~subscription.Confirmed;
        return open != Purposes.None
            ? new MailContent(texts[$"OptInSubject-{open.Word()}"],
            [
                new MailPart.Heading(texts[$"OptInSubject-{open.Word()}"]),
                new MailPart.Paragraph(texts[$"OptInText-{open.Word()}", cycle.Name]),
                new MailPart.Button(texts["OptInButton"], links.OptInAddress(asked.Id, open, asked.At)),
                new MailPart.Small(texts["OptInNotYou"]),
            ])
            : new MailContent(texts[$"AlreadySubject-{asked.For.Word()}"],
            [
                new MailPart.Heading(texts[$"AlreadySubject-{asked.For.Word()}"]),
                new MailPart.Paragraph(texts[$"AlreadyText-{asked.For.Word()}", cycle.Name]),
                new MailPart.Button(texts["EndButton"], links.UnsubscribeAddress(subscription, asked.For)),
            ]);
    }

    internal sealed record Model(string Id, Instant At)
    {
        /// <summary>What was asked for; a mail that waits since there was nothing but notices does not say so.</summary>
        public Purposes For { get; init; } = Purposes.Notices;
    }
}
