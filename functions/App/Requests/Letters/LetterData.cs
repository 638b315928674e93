using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>The data that is merged into the template: a row for each nota, a column for each field.</summary>
public static class LetterData
{
    public static string NameOf(LetterField field, IStringLocalizer<LetterTexts> texts) => texts[$"Merge-{field}"];

    /// <summary>UTF-8 with its mark, by which Word and Excel know it.</summary>
    public static byte[] Csv(IEnumerable<Letter> letters, IStringLocalizer<LetterTexts> texts)
    {
        // A blank before a text that a spreadsheet would compute prints as nothing.
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
            ShouldQuote = _ => true,
            InjectionOptions = InjectionOptions.Escape,
            InjectionEscapeCharacter = ' ',
        };
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, configuration))
        {
            WriteRow(csv, field => NameOf(field, texts));
            foreach (var letter in letters)
            {
                WriteRow(csv, field => letter[field]);
            }
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static void WriteRow(CsvWriter csv, Func<LetterField, string> value)
    {
        foreach (var field in Enum.GetValues<LetterField>())
        {
            csv.WriteField(value(field));
        }
        csv.NextRecord();
    }
}
