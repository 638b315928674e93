namespace OpenGov.Functions.Proposals;

/// <summary>Names the resources of this folder.</summary>
public sealed class ProposalTexts;
