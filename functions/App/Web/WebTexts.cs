namespace OpenGov.Functions.Web;

/// <summary>Names the resources of this folder: WebTexts.resx (Spanish) and WebTexts.en.resx.</summary>
public sealed class WebTexts;
