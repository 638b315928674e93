using OpenGov.Functions.Web;

namespace OpenGov.Functions.Imports;

public enum ColumnKind
{
    /// <summary>A code or number in capitals by which a record is known; no two rows of a file share it.</summary>
    Key,
    Line,
    Text,
    Mailbox,
    Flag,
    List,
}

/// <summary>
/// A field of an import: its name in JSON, and the further headers by which a CSV file may call it. A header with a
/// dot is also a path in JSON: "author.email" is the member email of the member author.
/// </summary>
/// <param name="Most">Unicode code points; for a list, entries.</param>
public sealed record ImportColumn(string Name, ColumnKind Kind, int Most, bool Required, params string[] Headers)
{
    /// <summary>Capitals, accents, spaces, '_' and '-' make no difference in a header.</summary>
    public bool IsCalled(string header) =>
        Fold(header) is { Length: > 0 } folded && (folded == Fold(Name) || Headers.Any(known => folded == Fold(known)));

    private static string Fold(string text) => new([.. PlainText.Fold(text).Where(char.IsLetterOrDigit)]);
}

public static class ImportLimits
{
    public const int Rows = 10_000;
    public const int KeyLength = 20;
    public const int MailboxLength = 254;
}
