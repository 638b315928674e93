namespace OpenGov.Functions.Staff.Offices;

/// <summary>Names the resources of this folder: OfficeTexts.resx.</summary>
public sealed class OfficeTexts;
