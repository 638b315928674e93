using System.Globalization;
using NodaTime;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

/// <param name="Id">The subscription's.</param>
/// <param name="For">What the link confirms, or ends.</param>
public sealed record SubscriptionLink(string Id, Purposes For);

public sealed class SubscriptionLinks(Links links, Site site, TimeProvider clock)
{
    private const char Between = '~';

    public string OptInAddress(string id, Purposes purposes, Instant asked) => site.Address($"/subscribe/confirm?t={links.TokenFor(
        new Link(LinkPurpose.OptIn, SubjectOf(id, purposes), 0, asked.ToDateTimeOffset(), (asked + Subscription.Patience).ToDateTimeOffset()))}");

    /// <summary>The same in every mail of its purpose, for as long as the subscription lives.</summary>
    public string UnsubscribeAddress(Subscription subscription, Purposes purposes) => site.Address($"/unsubscribe?t={UnsubscribeToken(subscription, purposes)}");

    public string UnsubscribeToken(Subscription subscription, Purposes purposes) => links.TokenFor(new Link(
        LinkPurpose.Unsubscribe, SubjectOf(subscription.Id, purposes), 0, (subscription.ConfirmedAt ?? subscription.Contact?.ConfirmedAt ?? subscription.AskedAt[^1]).ToDateTimeOffset(), Expires: null));

    public SubscriptionLink? ReadOptIn(string? token) => Read(token, LinkPurpose.OptIn);

    public SubscriptionLink? ReadUnsubscribe(string? token) => Read(token, LinkPurpose.Unsubscribe);

    private SubscriptionLink? Read(string? token, LinkPurpose purpose) => links.Read(token, purpose, clock.GetUtcNow())?.Subject.Split(Between) switch
    {
        [var id, var purposes] => new SubscriptionLink(id, (Purposes)int.Parse(purposes, CultureInfo.InvariantCulture)),
        // Mailed when there was nothing but notices.
        [var id] => new SubscriptionLink(id, Purposes.Notices),
        _ => null,
    };

    private static string SubjectOf(string id, Purposes purposes) => $"{id}{Between}{((int)purposes).ToString(CultureInfo.InvariantCulture)}";
}
