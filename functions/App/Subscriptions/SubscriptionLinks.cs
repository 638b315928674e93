using NodaTime;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

public sealed class SubscriptionLinks(Links links, Site site, TimeProvider clock)
{
    public string OptInAddress(string id, Instant asked) => site.Address($"/subscribe/confirm?t={links.TokenFor(
        new Link(LinkPurpose.OptIn, id, 0, asked.ToDateTimeOffset(), (asked + Subscription.Patience).ToDateTimeOffset()))}");

    /// <summary>The same in every notice, for as long as the subscription lives.</summary>
    public string UnsubscribeAddress(Subscription subscription) => site.Address($"/unsubscribe?t={links.TokenFor(
        new Link(LinkPurpose.Unsubscribe, subscription.Id, 0, (subscription.ConfirmedAt ?? subscription.AskedAt[^1]).ToDateTimeOffset(), Expires: null))}");

    public string? ReadOptIn(string? token) => links.Read(token, LinkPurpose.OptIn, clock.GetUtcNow())?.Subject;

    public string? ReadUnsubscribe(string? token) => links.Read(token, LinkPurpose.Unsubscribe, clock.GetUtcNow())?.Subject;
}
