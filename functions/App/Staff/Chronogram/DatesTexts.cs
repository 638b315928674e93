namespace OpenGov.Functions.Staff.Chronogram;

/// <summary>Names the resources of this folder.</summary>
public sealed class DatesTexts;
