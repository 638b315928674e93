namespace OpenGov.Functions.Commitments;

/// <summary>A commitment as the co-creation tables drafted it: it binds nobody until the institutions have validated it.</summary>
/// <param name="Number">Upper-case letters, digits and '-': "C-01".</param>
/// <param name="Theme">Free text until the themes are decided.</param>
/// <param name="Lead">The code of the institution that would be responsible.</param>
/// <param name="Supporting">Codes of those that would take part.</param>
/// <param name="Proposals">Codes of the citizens' proposals behind it.</param>
public sealed record CommitmentProposal(
    string Number, string Title, string Theme, string Text, string Lead,
    IReadOnlyList<string> Supporting, IReadOnlyList<string> Proposals)
{
    public const int TitleLength = 200;
    public const int TextLength = 8000;

    /// <summary>The code of the table that drafted it; null where it came from a file.</summary>
    public string? Table { get; init; }

    /// <summary>The commitment of the plan before that it carries on; null where it is new. It is not validated again.</summary>
    public Continued? Continued { get; init; }
}

/// <param name="Plan">"Tercer Plan de Acción Nacional 2017-2019".</param>
/// <param name="Number">In that plan.</param>
/// <param name="Completion">"not-started", "limited", "substantial", "completed": how far it is.</param>
/// <param name="Trail">Where its history can be read; null where nowhere.</param>
public sealed record Continued(string Plan, string Number, string Completion, string? Trail)
{
    public static IReadOnlyList<string> Completions { get; } = ["not-started", "limited", "substantial", "completed"];
}
