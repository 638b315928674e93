namespace OpenGov.Functions.Emails;

/// <summary>Names the resources of this folder: EmailTexts.resx (Spanish) and EmailTexts.en.resx.</summary>
public sealed class EmailTexts;
