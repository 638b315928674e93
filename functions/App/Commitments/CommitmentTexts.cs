namespace OpenGov.Functions.Commitments;

/// <summary>Names the resources of this folder.</summary>
public sealed class CommitmentTexts;
