using NodaTime;

namespace OpenGov.Functions.Subscriptions;

/// <summary>Somebody who wants the public calendar's notices. Nothing is sent until the mailbox confirmed.</summary>
/// <param name="Id">Derived from the mailbox.</param>
/// <param name="AskedAt">When a confirmation was asked for, within a day of the last.</param>
/// <param name="ConsentText">Which wording was shown.</param>
public sealed record Subscription(string Id, string Mailbox, string Language, IReadOnlyList<Instant> AskedAt, Instant? ConfirmedAt, string ConsentText)
{
    public const string CurrentConsentText = "2019-1";
    private const int MostAsksADay = 3;
    private static readonly Duration Day = Duration.FromDays(1);

    /// <summary>How long what nobody confirmed is kept, and its link works.</summary>
    public static Duration Patience { get; } = Duration.FromDays(7);

    /// <summary>Whoever types an address into the form cannot flood its mailbox.</summary>
    public bool AsksTooOften(Instant now) => AskedAt.Count(at => now - at < Day) >= MostAsksADay;

    public Subscription Ask(string language, Instant now) => this with { Language = language, AskedAt = [.. AskedAt.Where(at => now - at < Day), now] };

    public bool IsForgotten(Instant now) => ConfirmedAt is null && now - AskedAt[^1] > Patience;
}
