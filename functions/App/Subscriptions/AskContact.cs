using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Subscriptions;

/// <summary>Whoever registers for a meeting and wants invitations too is asked by mail, as from the page.</summary>
public sealed class AskContact(ChangeSubscription subscriptions) : IEffectHandler
{
    private const string EffectKind = "ask-contact";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public string Kind => EffectKind;

    public static Effect EffectOf(Wish wish) => Effect.Of(EffectKind, $"{EffectKind}!{SubscriptionStore.IdOf(wish.Mailbox)}!{wish.At.ToUnixTimeMilliseconds()}", wish);

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var wish = effect.Payload.Deserialize<Wish>(Json.Options)!;
        return await subscriptions.AskAsync(wish.Mailbox, new Wanted(Notices: false, wish.Contact), wish.Language, wish.At, cancel) ? EffectOutcome.Done : EffectOutcome.Later(Soon);
    }

    /// <param name="At">When it was said.</param>
    public sealed record Wish(string Mailbox, string Language, ContactDetails Contact, Instant At);
}
