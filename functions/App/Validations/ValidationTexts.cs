namespace OpenGov.Functions.Validations;

/// <summary>Names the resources of this folder.</summary>
public sealed class ValidationTexts;
