using NodaTime;

namespace OpenGov.Functions.Emails;

public enum MailStatus
{
    /// <summary>Claimed by a delivery: in hand, or cut off in the middle.</summary>
    Sending,
    Sent,
    /// <summary>Nobody can say whether it went out: it is flagged, and not sent again in silence.</summary>
    Unknown,
    /// <summary>The provider will never take it.</summary>
    Refused,
}

/// <summary>Where one mail stands. No address and no text: the effect that asked for it holds them until it is sent.</summary>
/// <param name="ChangedAt">System time.</param>
public sealed record MailState(string Id, string Template, MailStatus Status, Instant ChangedAt, int? ProviderStatus = null);
