using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>A row of a file as it was typed, wrong values included.</summary>
/// <param name="Number">As the spreadsheet shows it.</param>
/// <param name="Fault">Why the row could not be read as it is; gone once somebody has looked at it.</param>
/// <param name="Keep">What was decided where it may be a duplicate; null before.</param>
public sealed record PaperRow(int Number, IReadOnlyDictionary<string, string> Values, ImportFault? Fault = null, bool? Keep = null)
{
    public string Value(string column) => Values.GetValueOrDefault(column, "");

    internal RawRow Raw() => new(Number, Values.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[pair.Value]));

    /// <summary>As it is after somebody changed some of its fields on the page.</summary>
    public PaperRow With(IReadOnlyDictionary<string, string> changed, bool? keep, Cycle cycle)
    {
        var values = new Dictionary<string, string>(Values);
        foreach (var (column, value) in changed)
        {
            values[column] = PaperColumns.Normal(column, value, cycle);
        }
        return this with { Values = values, Keep = keep ?? Keep, Fault = changed.Count > 0 ? null : Fault };
    }
}

/// <summary>The rows of a file, or why there are none.</summary>
public sealed record PaperFile(IReadOnlyList<PaperRow> Rows, IReadOnlyList<ImportFault> Unreadable)
{
    public static PaperFile Read(ImportFile file, IReadOnlyList<ImportColumn> columns, Cycle cycle)
    {
        var raw = file.Format == ImportFormat.Json ? JsonRows.Read(file.Content, columns) : CsvRows.Read(file.Content, columns);
        if (!raw.Readable)
        {
            return new PaperFile([], raw.Faults);
        }
        var faults = raw.Faults.ToLookup(fault => fault.Row);
        return new PaperFile([.. raw.Rows.Select(row => Row(row, faults[row.Number].FirstOrDefault(), cycle))], []);
    }

    private static PaperRow Row(RawRow row, ImportFault? fault, Cycle cycle) => new(
        row.Number,
        row.Values.Where(pair => pair.Value.Count > 0 && pair.Value[0].Length > 0)
            .ToDictionary(pair => pair.Key, pair => PaperColumns.Normal(pair.Key, pair.Value[0], cycle)),
        fault);
}
