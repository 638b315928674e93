namespace OpenGov.Functions.Staff.Decisions;

/// <summary>Names the resources of this folder: DecisionTexts.resx.</summary>
public sealed class DecisionTexts;
