namespace OpenGov.Functions.Imports;

/// <summary>The codes of what can be wrong in a file; callers rely on them.</summary>
public static class FaultCodes
{
    public const string Missing = "missing";
    public const string TooLong = "too-long";
    public const string TooMany = "too-many";
    public const string Malformed = "malformed";
    public const string Duplicate = "duplicate";
    public const string LineBreak = "line-break";
    public const string UnknownInstitution = "unknown-institution";
    public const string UnknownProposal = "unknown-proposal";
    public const string UnknownTerritory = "unknown-territory";
    public const string UnknownChoice = "unknown-choice";
    public const string UnknownSession = "unknown-session";
    public const string OutsideWindow = "outside-window";
    public const string LeadSupportsItself = "lead-supports-itself";
    public const string UnknownCompletion = "unknown-completion";
}

/// <summary>An error before it is put into words.</summary>
/// <param name="Text">The resource that says it; its first argument is the field, the others are <paramref name="Arguments"/>.</param>
public sealed record ImportFault(int Row, string Field, string Code, string Text, params object[] Arguments)
{
    public const string OfTheFile = "file";
    public const string OfTheRow = "row";

    public static ImportFault File(string code, string text, params object[] arguments) => new(0, OfTheFile, code, text, arguments);

    public static ImportFault Missing(int row, string field) => new(row, field, FaultCodes.Missing, "Missing");

    public static ImportFault TooLong(int row, string field, int most) => new(row, field, FaultCodes.TooLong, "TooLong", most);

    public static ImportFault TooMany(int row, string field, int most) => new(row, field, FaultCodes.TooMany, "TooMany", most);

    public static ImportFault LineBreak(int row, string field) => new(row, field, FaultCodes.LineBreak, "LineBreak");

    public static ImportFault Malformed(int row, string field, string text) => new(row, field, FaultCodes.Malformed, text);
}
