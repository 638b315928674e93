namespace OpenGov.Functions.Imports;

/// <summary>A file held against its columns: every row, cleaned, and everything wrong with them.</summary>
/// <param name="Readable">False where the file as a whole could not be read: nothing of it may be applied.</param>
public sealed record ImportTable(IReadOnlyList<ImportRow> Rows, IReadOnlyList<ImportFault> Faults, bool Readable)
{
    public static ImportTable Read(ImportFile file, IReadOnlyList<ImportColumn> columns)
    {
        var raw = file.Format == ImportFormat.Json ? JsonRows.Read(file.Content, columns) : CsvRows.Read(file.Content, columns);
        var faults = raw.Faults.ToList();
        var unread = raw.Faults.ToLookup(fault => fault.Row, fault => fault.Field);
        var rows = new List<ImportRow>(raw.Rows.Count);
        foreach (var row in raw.Rows)
        {
            rows.Add(RowRules.Check(row, columns, [.. unread[row.Number]], faults));
        }
        faults.AddRange(Repeated(rows, columns.Single(column => column.Kind == ColumnKind.Key).Name));
        return new ImportTable(rows, faults, raw.Readable);
    }

    /// <summary>The same file with what a feature found wrong besides.</summary>
    public ImportTable With(IEnumerable<ImportFault> more) => this with { Faults = [.. Faults, .. more] };

    /// <summary>What may be applied: all, none, or the good rows of a file that may be applied in part.</summary>
    public IReadOnlyList<ImportRow> Applicable(bool partial)
    {
        if (Faults.Count > 0 && !(partial && Readable))
        {
            return [];
        }
        var wrong = Faults.Select(fault => fault.Row).ToHashSet();
        return [.. Rows.Where(row => !wrong.Contains(row.Number))];
    }

    public ImportedRows<T> As<T>(ImportPlace<T> place, bool partial, Func<ImportRow, T> recordOf) where T : class =>
        new(this, place, [.. Applicable(partial).Select(row => (row.Number, recordOf(row)))]);

    private static IEnumerable<ImportFault> Repeated(List<ImportRow> rows, string key)
    {
        var first = new Dictionary<string, int>();
        foreach (var row in rows)
        {
            if (row.Line(key) is { } known && !first.TryAdd(known, row.Number))
            {
                yield return new ImportFault(row.Number, key, FaultCodes.Duplicate, "Repeated", first[known]);
            }
        }
    }
}

/// <summary>A row whose fields were held against their columns; a field at fault is absent.</summary>
public sealed class ImportRow(int number, IReadOnlyDictionary<string, IReadOnlyList<string>> values)
{
    public int Number { get; } = number;

    public string? Line(string column) => values.TryGetValue(column, out var found) && found.Count > 0 ? found[0] : null;

    public bool Flag(string column) => Line(column) == Flags.Yes;

    public IReadOnlyList<string> List(string column) => values.GetValueOrDefault(column, []);
}
