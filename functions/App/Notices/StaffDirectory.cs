using System.Net.Mail;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Notices;

public enum StaffRole { Organiser, Secretary, Reader }

/// <summary>Who acts in the console and reads the staff's notices.</summary>
public sealed record StaffMember(string Address, StaffRole Role);

/// <summary>The members of staff, from the setting <c>Staff__Addresses</c>: "address=role;…".</summary>
public sealed class StaffDirectory
{
    private const string Setting = "Staff__Addresses";

    public StaffDirectory(IConfiguration configuration)
    {
        Members = Parse(configuration["Staff:Addresses"]);
        if (Members.All(member => member.Role != StaffRole.Organiser))
        {
            throw new InvalidSettingException(Setting, "names no organiser");
        }
    }

    public IReadOnlyList<StaffMember> Members { get; }

    /// <summary>Null for who is not on staff. Capitals in an address make no difference.</summary>
    public StaffMember? Find(string? address) =>
        Members.FirstOrDefault(member => member.Address.Equals(address?.Trim(), StringComparison.OrdinalIgnoreCase));

    private static List<StaffMember> Parse(string? setting)
    {
        var members = (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne).ToList();
        return members.Count == 0 ? throw new InvalidSettingException(Setting, "is missing")
            : members.DistinctBy(member => member.Address.ToUpperInvariant()).Count() < members.Count ? throw new InvalidSettingException(Setting, "names an address twice")
            : members;
    }

    private static StaffMember ParseOne(string entry, int index) =>
        entry.Split('=', StringSplitOptions.TrimEntries) is [var address, var role]
        && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address
        && Enum.GetNames<StaffRole>().FirstOrDefault(name => name.Equals(role, StringComparison.OrdinalIgnoreCase)) is { } known
            ? new StaffMember(address, Enum.Parse<StaffRole>(known))
            // The entry itself is left out of the message: it is somebody's address.
            : throw new InvalidSettingException(Setting, $"has an entry (number {index + 1}) that is not address=organiser, =secretary or =reader");
}
