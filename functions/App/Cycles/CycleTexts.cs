namespace OpenGov.Functions.Cycles;

/// <summary>Names the resources of this folder: CycleTexts.resx (Spanish) and CycleTexts.en.resx.</summary>
public sealed class CycleTexts;
