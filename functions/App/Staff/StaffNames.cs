using OpenGov.Functions.Notices;

namespace OpenGov.Functions.Staff;

/// <summary>A member's name in the record, and back: the record holds no address, and staff read who acted.</summary>
public sealed class StaffNames(StaffDirectory directory, SessionStore sessions)
{
    private const int FingerprintLength = 8;

    /// <summary>Role and fingerprint, no address.</summary>
    public string ActorOf(StaffMember member) => $"{member.Role.ToString().ToLowerInvariant()}-{MarkOf(member)}";

    /// <summary>The member's address; for who left, or acted under another key, what the record says.</summary>
    public string AddressOf(string actor) =>
        directory.Members.FirstOrDefault(member => actor.EndsWith($"-{MarkOf(member)}", StringComparison.Ordinal))?.Address ?? actor;

    private string MarkOf(StaffMember member) => sessions.FingerprintOf(member)[..FingerprintLength];
}
