namespace OpenGov.Functions.Commitments;

/// <summary>A commitment as the co-creation tables drafted it: it binds nobody until the institutions have validated it.</summary>
/// <param name="Number">Upper-case letters, digits and '-': "C-01".</param>
/// <param name="Theme">Free text until the themes are decided.</param>
/// <param name="Lead">The code of the institution that would be responsible.</param>
/// <param name="Supporting">Codes of those that would take part.</param>
/// <param name="Proposals">Codes of the citizens' proposals behind it.</param>
public sealed record CommitmentProposal(
    string Number, string Title, string Theme, string Text, string Lead,
    IReadOnlyList<string> Supporting, IReadOnlyList<string> Proposals);
