namespace OpenGov.Functions.Themes;

/// <summary>Names the resources of this folder.</summary>
public sealed class ThemeTexts;
