namespace OpenGov.Functions.Staff;

/// <summary>Names the resources of this folder: StaffTexts.resx. The console speaks Spanish alone.</summary>
public sealed class StaffTexts;
