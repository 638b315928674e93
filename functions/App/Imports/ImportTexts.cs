namespace OpenGov.Functions.Imports;

/// <summary>Names the resources of this folder.</summary>
public sealed class ImportTexts;
