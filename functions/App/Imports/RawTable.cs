namespace OpenGov.Functions.Imports;

/// <summary>What a file holds, before any rule: rows with their fields, and what could not be read.</summary>
/// <param name="Readable">False where the file as a whole is no such table: then there are faults and no rows.</param>
internal sealed record RawTable(IReadOnlyList<RawRow> Rows, IReadOnlyList<ImportFault> Faults, bool Readable = true)
{
    public static RawTable Unreadable(params IReadOnlyList<ImportFault> faults) => new([], faults, Readable: false);
}

/// <summary>A field's values by its name: none where it is absent, several only in a list. A flag is "true" or "false".</summary>
internal sealed record RawRow(int Number, IReadOnlyDictionary<string, IReadOnlyList<string>> Values);

internal static class Flags
{
    public const string Yes = "true";
    public const string No = "false";
}
