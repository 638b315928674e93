namespace OpenGov.Functions.Themes;

/// <summary>Names the texts of the themes.</summary>
public sealed class ThemeTexts;
