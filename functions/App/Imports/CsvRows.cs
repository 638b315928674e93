using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace OpenGov.Functions.Imports;

/// <summary>Rows of a CSV file as spreadsheets write them. Cells are text, whatever they begin with; unknown columns are left aside.</summary>
internal static class CsvRows
{
    private const int HeaderRow = 1;
    private static readonly string[] Yes = ["true", "sí", "si", "s", "yes", "y", "x", "1", "verdadero"];
    private static readonly string[] No = ["false", "no", "n", "0", "falso"];
    private static readonly char[] BetweenEntries = ['|', ',', ';', ' ', '\t', '\r', '\n', '\u00a0'];

    public static RawTable Read(byte[] content, IReadOnlyList<ImportColumn> columns)
    {
        if (CsvText.Decode(content) is not { } text)
        {
            return RawTable.Unreadable(ImportFault.File(FaultCodes.Malformed, "NoText"));
        }
        var broken = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = CsvText.SeparatorOf(text),
            HasHeaderRecord = false,
            // Blank rows count, so that a row has the number that the spreadsheet shows.
            IgnoreBlankLines = false,
            BadDataFound = _ => broken = true,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        if (!parser.Read() || parser.Record is not { } header || broken || header.All(string.IsNullOrWhiteSpace))
        {
            return RawTable.Unreadable(ImportFault.File(FaultCodes.Malformed, "NoHeader"));
        }
        var places = header.Select(cell => columns.FirstOrDefault(column => column.IsCalled(cell))).ToList();
        if (FaultsOf(places, columns) is { Count: > 0 } faultsOfHeader)
        {
            return RawTable.Unreadable(faultsOfHeader);
        }
        var rows = new List<RawRow>();
        var faults = new List<ImportFault>();
        for (; parser.Read(); broken = false)
        {
            var cells = parser.Record!;
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }
            if (rows.Count == ImportLimits.Rows)
            {
                return RawTable.Unreadable(ImportFault.File(FaultCodes.TooMany, "TooManyRows", ImportLimits.Rows));
            }
            if (broken)
            {
                faults.Add(ImportFault.Malformed(parser.Row, ImportFault.OfTheRow, "BrokenQuotes"));
            }
            else if (cells.Skip(places.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                faults.Add(ImportFault.Malformed(parser.Row, ImportFault.OfTheRow, "TooManyCells"));
            }
            rows.Add(new RawRow(parser.Row, ValuesOf(cells, places)));
        }
        return new RawTable(rows, faults);
    }

    private static List<ImportFault> FaultsOf(List<ImportColumn?> places, IReadOnlyList<ImportColumn> columns) =>
    [
        .. columns.Where(column => column.Required && !places.Contains(column))
            .Select(column => new ImportFault(HeaderRow, column.Name, FaultCodes.Missing, "NoColumn")),
        .. columns.Where(column => places.Count(place => place == column) > 1)
            .Select(column => new ImportFault(HeaderRow, column.Name, FaultCodes.Duplicate, "ColumnTwice")),
    ];

    private static Dictionary<string, IReadOnlyList<string>> ValuesOf(string[] cells, List<ImportColumn?> places)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (column, cell) in places.Zip(cells))
        {
            if (column is not null)
            {
                values[column.Name] = column.Kind switch
                {
                    ColumnKind.List => cell.Split(BetweenEntries, StringSplitOptions.RemoveEmptyEntries),
                    ColumnKind.Flag => FlagOf(cell.Trim()),
                    _ => [cell],
                };
            }
        }
        return values;
    }

    private static string[] FlagOf(string cell) =>
        cell.Length == 0 ? []
        : Yes.Contains(cell, StringComparer.OrdinalIgnoreCase) ? [Flags.Yes]
        : No.Contains(cell, StringComparer.OrdinalIgnoreCase) ? [Flags.No]
        : [cell];
}
