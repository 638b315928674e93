namespace OpenGov.Functions.Requests.Letters;

/// <summary>Names the resources of this folder: Spanish alone, as a nota on paper is.</summary>
public sealed class LetterTexts;
