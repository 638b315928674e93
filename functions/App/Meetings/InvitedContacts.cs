using NodaTime;
using OpenGov.Functions.Subscriptions;

namespace OpenGov.Functions.Meetings;

/// <summary>A part of the contact list, as it was when it was invited: who joined later was not.</summary>
/// <param name="Sector">Null for all.</param>
/// <param name="Territory">Null for all.</param>
public sealed record InvitedContacts(string? Sector, string? Territory, Instant At)
{
    public bool Includes(Contact contact) =>
        contact.ConfirmedAt <= At && (Sector is null || contact.Sector == Sector) && (Territory is null || contact.Territory == Territory);
}
