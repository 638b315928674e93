namespace OpenGov.Functions.Staff.Designations;

/// <summary>Names the resources of this folder.</summary>
public sealed class DesignationTexts;
