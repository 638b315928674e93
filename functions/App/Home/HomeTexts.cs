namespace OpenGov.Functions.Home;

/// <summary>Names the resources of this folder.</summary>
public sealed class HomeTexts;
