namespace OpenGov.Functions.Liaisons;

/// <summary>Names the resources of this folder.</summary>
public sealed class LiaisonTexts;
