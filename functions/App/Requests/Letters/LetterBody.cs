using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Localization;
using static OpenGov.Functions.Requests.Letters.Word;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>The letter from its number to its signature: of one nota, or of the template with fields in its place.</summary>
/// <param name="letter">Null for the template.</param>
internal sealed class LetterBody(Letter? letter, LetterSender sender, IStringLocalizer<LetterTexts> texts)
{
    public IEnumerable<OpenXmlElement> All() => [.. Head(), .. Asked(), .. Answering(), .. End()];

    /// <summary>The value, or the field into which it is merged.</summary>
    public OpenXmlElement Value(LetterField field, bool bold = false) => letter is null
        ? Field($"MERGEFIELD {LetterData.NameOf(field, texts)}", $"«{LetterData.NameOf(field, texts)}»")
        : R(letter[field], bold);

    private IEnumerable<OpenXmlElement> Head()
    {
        yield return P("LetterNumber", Value(LetterField.Number));
        yield return P("Date", Value(LetterField.Date));
        yield return P("Addressee", Value(LetterField.Treatment));
        // Word leaves out the line of an empty field when it merges.
        if (letter is null || letter[LetterField.Name].Length > 0)
        {
            yield return P("AddresseeName", Value(LetterField.Name));
        }
        yield return P("Addressee", Value(LetterField.Office));
        yield return P("Addressee", Value(LetterField.Institution));
        yield return P("Addressee", R(texts["InOffice"]));
        yield return P("Heading1", Mixed(texts["Subject"], Value(LetterField.Subject)));
        yield return P("Salutation", Value(LetterField.Salutation));
    }

    private IEnumerable<OpenXmlElement> Asked()
    {
        yield return P("BodyText", Value(LetterField.Opening));
        if (letter is null)
        {
            yield return P("ItemText", Value(LetterField.Items));
        }
        foreach (var item in letter?.Items ?? [])
        {
            yield return P("ItemHeading", R(item.Heading));
            yield return P("ItemFacts", [.. item.Facts.SelectMany((fact, index) => new[] { R($"{(index > 0 ? "\n" : "")}{fact.Label}: ", bold: true), R(fact.Value) })]);
            yield return P("ItemText", R(item.Text));
        }
        yield return P("BodyText", Mixed(texts["Due"], Value(LetterField.Deadline, bold: true)));
    }

    private IEnumerable<OpenXmlElement> Answering()
    {
        yield return P("Heading2", R(texts["How"]));
        yield return P("ListNumber", Value(LetterField.HowLink));
        if (letter is null)
        {
            yield return P("LinkAddress", Value(LetterField.Address));
        }
        else
        {
            yield return P("LinkAddress", new Hyperlink(new Run(new RunProperties(new RunStyle { Val = "Hyperlink" }), new Text(letter[LetterField.Address]))) { Id = NotaLetter.LinkId });
            yield return P("LinkCode", LinkPicture.Of(NotaLetter.PictureId, texts["QrAlt", letter[LetterField.Number]]));
        }
        yield return P("ListNumber", Mixed(texts["HowPaper"], Value(LetterField.Number), R(sender.ReplyTo)));
        yield return P("BodyText", Value(LetterField.Public));
    }

    private IEnumerable<OpenXmlElement> End() =>
    [
        P("BodyText", R(texts["Regards"])),
        P("Closing", R(texts["Farewell"])),
        P("SignatureLine", R("\t")),
        P("Signature", R(texts["Signature"])),
        P("Signature", R(texts["Authority"])),
    ];
}
