using System.Text.Json.Serialization;
using NodaTime;

namespace OpenGov.Functions.Subscriptions;

/// <summary>What a mailbox may be used for, each by a consent of its own.</summary>
[Flags]
public enum Purposes
{
    None = 0,

    /// <summary>The public calendar's.</summary>
    Notices = 1,

    /// <summary>To activities: who wants them is on the contact list.</summary>
    Invitations = 2,
}

internal static class PurposeWords
{
    /// <summary>By which texts are named: "Notices", "Invitations", "Both".</summary>
    public static string Word(this Purposes purposes) => purposes == (Purposes.Notices | Purposes.Invitations) ? "Both" : $"{purposes}";
}

/// <summary>Somebody who wants the public calendar's notices, invitations, or both. Nothing is sent until the mailbox confirmed.</summary>
/// <param name="Id">Derived from the mailbox.</param>
/// <param name="AskedAt">When a confirmation was asked for, within a day of the last.</param>
/// <param name="ConfirmedAt">Of the notices.</param>
/// <param name="ConsentText">Which wording was shown for the notices.</param>
public sealed record Subscription(string Id, string Mailbox, string Language, IReadOnlyList<Instant> AskedAt, Instant? ConfirmedAt, string ConsentText)
{
    public const string CurrentConsentText = "2019-1";
    private const int MostAsksADay = 3;
    private static readonly Duration Day = Duration.FromDays(1);

    /// <summary>How long what nobody confirmed is kept, and its link works.</summary>
    public static Duration Patience { get; } = Duration.FromDays(7);

    /// <summary>False where only invitations were asked for. A row that does not say so is of the time when there was nothing else.</summary>
    public bool HasNotices { get; init; } = true;

    /// <summary>Null for whom nobody invites.</summary>
    public Contact? Contact { get; init; }

    [JsonIgnore]
    public Purposes Confirmed => (ConfirmedAt is null ? Purposes.None : Purposes.Notices) | (Contact?.ConfirmedAt is null ? Purposes.None : Purposes.Invitations);

    [JsonIgnore]
    public Purposes Asked => (HasNotices ? Purposes.Notices : Purposes.None) | (Contact is null ? Purposes.None : Purposes.Invitations);

    /// <summary>Of a mailbox of which nothing is known.</summary>
    public static Subscription New(string id, string mailbox, string language) => new(id, mailbox, language, [], null, CurrentConsentText) { HasNotices = false };

    /// <summary>Whoever types an address into the form cannot flood its mailbox.</summary>
    public bool AsksTooOften(Instant now) => AskedAt.Count(at => now - at < Day) >= MostAsksADay;

    /// <summary>What was confirmed stays as it is: whoever asks may not be who confirmed.</summary>
    /// <param name="contact">Null where no invitations are asked for.</param>
    public Subscription Ask(bool notices, ContactDetails? contact, string language, Instant now) => this with
    {
        Language = language,
        AskedAt = [.. AskedAt.Where(at => now - at < Day), now],
        HasNotices = HasNotices || notices,
        ConsentText = notices && ConfirmedAt is null ? CurrentConsentText : ConsentText,
        Contact = contact is null || Contact?.ConfirmedAt is not null ? Contact : new Contact(contact.Name, contact.Organization, contact.Sector, contact.Territory, Contact.CurrentConsentText, now, ConfirmedAt: null),
    };

    public Subscription Confirm(Purposes purposes, Instant now) => this with
    {
        ConfirmedAt = ConfirmedAt ?? (HasNotices && purposes.HasFlag(Purposes.Notices) ? now : null),
        Contact = Contact is { ConfirmedAt: null } waiting && purposes.HasFlag(Purposes.Invitations) ? waiting with { ConfirmedAt = now } : Contact,
    };

    /// <summary>Null where nothing is left of it.</summary>
    public Subscription? Without(Purposes purposes)
    {
        var rest = this with
        {
            HasNotices = HasNotices && !purposes.HasFlag(Purposes.Notices),
            ConfirmedAt = purposes.HasFlag(Purposes.Notices) ? null : ConfirmedAt,
            Contact = purposes.HasFlag(Purposes.Invitations) ? null : Contact,
        };
        return rest.Asked == Purposes.None ? null : rest;
    }

    /// <summary>Without what nobody confirmed in time; null where nothing is left of it.</summary>
    public Subscription? Kept(Instant now) => Without(
        (ConfirmedAt is null && now - AskedAt[^1] > Patience ? Purposes.Notices : Purposes.None)
        | (Contact is { ConfirmedAt: null, AskedAt: var asked } && now - asked > Patience ? Purposes.Invitations : Purposes.None));
}

/// <summary>What somebody said of himself or herself on joining the contact list; all of it optional.</summary>
/// <param name="Sector">One of the sectors of authors.</param>
/// <param name="ConsentText">Which wording was shown.</param>
/// <param name="ConfirmedAt">Null until the mailbox confirmed.</param>
public sealed record Contact(string? Name, string? Organization, string? Sector, string? Territory, string ConsentText, Instant AskedAt, Instant? ConfirmedAt)
{
    public const string CurrentConsentText = "2019-1-invitations";
}

public sealed record ContactDetails(string? Name, string? Organization, string? Sector, string? Territory);
