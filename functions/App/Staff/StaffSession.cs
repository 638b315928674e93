namespace OpenGov.Functions.Staff;

public enum StaffRole { Organiser, Secretary, Reader }

/// <summary>Who acts in the console.</summary>
public sealed record StaffMember(string Address, StaffRole Role);
