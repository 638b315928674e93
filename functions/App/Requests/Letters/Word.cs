using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using W14 = DocumentFormat.OpenXml.Office2010.Word;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>The few pieces of a Word document that a letter is made of.</summary>
internal static partial class Word
{
    public static Paragraph P(string style, params OpenXmlElement[] content)
    {
        var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        paragraph.Append(content);
        return paragraph;
    }

    /// <summary>Line ends and tabs as Word writes them; what XML cannot hold is left out.</summary>
    public static Run R(string text, bool bold = false)
    {
        var run = new Run();
        if (bold)
        {
            run.Append(new RunProperties(new Bold()));
        }
        foreach (var part in Parts().Split(Valid(text)))
        {
            OpenXmlElement? element = part switch
            {
                "" => null,
                "\n" => new Break(),
                "\t" => new TabChar(),
                _ => new Text(part) { Space = SpaceProcessingModeValues.Preserve },
            };
            if (element is not null)
            {
                run.Append(element);
            }
        }
        return run;
    }

    public static SimpleField Field(string instruction, string shown) => new(R(shown)) { Instruction = $" {instruction} " };

    /// <summary>A text of the resources with elements in the places of its values: "Responder hasta el {0}."</summary>
    public static OpenXmlElement[] Mixed(string text, params OpenXmlElement[] values) =>
    [
        .. Places().Split(text)
            .Select((part, index) => index % 2 == 0 ? R(part) : values[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)])
            .Where(element => element is not Run { HasChildren: false }),
    ];

    private static string Valid(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").EnumerateRunes().Where(symbol => symbol.Utf16SequenceLength > 1 || XmlConvert.IsXmlChar((char)symbol.Value)));

    [GeneratedRegex(@"(\n|\t)")]
    private static partial Regex Parts();

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Places();
}

/// <summary>A box that can be ticked with a pen, and in Word with a click.</summary>
internal static class CheckBox
{
    public const string Empty = "☐";
    private const string Symbols = "MS Gothic";

    public static SdtRun Of(int id, string label) => new(
        new SdtProperties(
            new SdtAlias { Val = label },
            new SdtId { Val = id },
            new W14.SdtContentCheckBox(
                new W14.Checked { Val = W14.OnOffValues.Zero },
                new W14.CheckedState { Font = Symbols, Val = "2612" },
                new W14.UncheckedState { Font = Symbols, Val = "2610" })),
        new SdtContentRun(new Run(
            new RunProperties(new RunFonts { Ascii = Symbols, HighAnsi = Symbols, EastAsia = Symbols, Hint = FontTypeHintValues.EastAsia }),
            new Text(Empty))));
}
