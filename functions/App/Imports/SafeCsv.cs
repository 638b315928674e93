using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace OpenGov.Functions.Imports;

/// <summary>
/// Rows for a spreadsheet. A cell that it would take for a formula gets an apostrophe before it, and the mark of
/// UTF-8 lets it read the accents.
/// </summary>
public static class SafeCsv
{
    private static readonly CsvConfiguration Safe = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r', '\n'],
        NewLine = "\r\n",
    };

    public static byte[] Write(IEnumerable<string> headers, IEnumerable<IEnumerable<string?>> rows)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, Safe))
        {
            foreach (var row in rows.Prepend(headers))
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell ?? "");
                }
                csv.NextRecord();
            }
        }
        return bytes.ToArray();
    }
}
