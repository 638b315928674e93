namespace OpenGov.Functions.Institutions;

/// <summary>Names the resources of this folder.</summary>
public sealed class InstitutionTexts;
