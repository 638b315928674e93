using NodaTime;
using OpenGov.Functions.Proposals;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Somebody who has a place at a meeting.</summary>
/// <param name="Code">Nine symbols, unique at its meeting: by it a clerk finds who left no address.</param>
/// <param name="Key">What makes a repetition recognisable: a keyed fingerprint of the mailbox, or of the form where there is none.</param>
/// <param name="Territory">Null where it was not said.</param>
/// <param name="Sequence">The meeting's, as it was announced then.</param>
public sealed record Registrant(string Code, string Meeting, string Key, string Sector, string? Territory, Instant At, int Sequence)
{
    /// <summary>Null once it is forgotten; the sector and the territory stay, for the count of who came.</summary>
    public RegisteredPerson? Person { get; init; }

    /// <summary>Fingerprints of the forms by which it was sent, the first first.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    public Registrant Forgotten() => this with { Person = null, Key = "", Forms = [] };

    public bool IsOf(RegistrationDetails details) =>
        (Sector, Territory, Person?.Name, Person?.Organization, Person?.Mailbox) == (details.Sector, details.Territory, details.Name, details.Organization, details.Mailbox);
}

/// <summary>Nothing of it is public.</summary>
/// <param name="Mailbox">Null for who has none.</param>
public sealed record RegisteredPerson(string Name, string? Organization, string? Mailbox, string Language, Consent Consent);

/// <summary>How many places of a meeting are taken.</summary>
public sealed record TakenPlaces(string Meeting, int People);

/// <summary>A registration as read from its form.</summary>
/// <param name="WantsInvitations">To other activities, from the contact list.</param>
public sealed record RegistrationDetails(string Name, string Sector, string? Organization, string? Territory, string? Mailbox, bool WantsInvitations, Consent Consent);
