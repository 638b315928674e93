using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Localization;
using NodaTime;
using static OpenGov.Functions.Requests.Letters.Word;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>A nota as a Word document. The same letter always makes the same bytes.</summary>
public static class NotaLetter
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    internal const string LinkId = "rIdLink";
    internal const string PictureId = "rIdPicture";
    private const string MainId = "rIdMain", StylesId = "rIdStyles", NumberingId = "rIdNumbering", SettingsId = "rIdSettings", CoreId = "rIdCore";
    private const string FirstHeaderId = "rIdFirstHeader", HeaderId = "rIdHeader", FooterId = "rIdFooter";
    private static readonly DateTimeOffset EarliestInZip = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ready to be printed and signed.</summary>
    public static byte[] Write(Letter letter, LetterSender sender, IStringLocalizer<LetterTexts> texts) => Document(letter, sender, texts);

    /// <summary>For an office's own letterhead: fields into which Word merges <see cref="LetterData.Csv"/>.</summary>
    public static byte[] Template(LetterSender sender, IStringLocalizer<LetterTexts> texts) => Document(null, sender, texts);

    private static byte[] Document(Letter? letter, LetterSender sender, IStringLocalizer<LetterTexts> texts)
    {
        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = word.AddMainDocumentPart();
            word.ChangeIdOfPart(main, MainId);
            Feed(main.AddNewPart<StyleDefinitionsPart>(StylesId), "styles.xml");
            Feed(main.AddNewPart<NumberingDefinitionsPart>(NumberingId), "numbering.xml");
            main.AddNewPart<DocumentSettingsPart>(SettingsId).Settings = new Settings(
                new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }),
                new ThemeFontLanguages { Val = "es-PA" });
            var body = new LetterBody(letter, sender, texts);
            if (letter is not null)
            {
                main.AddHyperlinkRelationship(new Uri(letter[LetterField.Address]), true, LinkId);
                using var picture = new MemoryStream(LinkPicture.Png(letter[LetterField.Address]));
                main.AddImagePart(ImagePartType.Png, PictureId).FeedData(picture);
            }
            main.AddNewPart<HeaderPart>(FirstHeaderId).Header = new Header(letter is null ? [P("Header")] : Letterhead(sender, texts));
            main.AddNewPart<HeaderPart>(HeaderId).Header = new Header(P("Header", Mixed(texts["RunningHead"], body.Value(LetterField.Number), body.Value(LetterField.Institution))));
            main.AddNewPart<FooterPart>(FooterId).Footer = new Footer(P("Footer", [R($"{sender.Plan}\t"), .. Mixed(texts["Page"], Field("PAGE", "1"), Field("NUMPAGES", "1"))]));
            main.Document = new Document(new Body([.. body.All(), .. new ReplySlip(letter, body, sender, texts).All(), Section()]));
            main.Document.AddNamespaceDeclaration("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006");
            main.Document.AddNamespaceDeclaration("w14", "http://schemas.microsoft.com/office/word/2010/wordml");
            main.Document.MCAttributes = new MarkupCompatibilityAttributes { Ignorable = "w14" };
            using var properties = new MemoryStream(Properties(letter, sender, texts));
            word.AddNewPart<CoreFilePropertiesPart>("application/vnd.openxmlformats-package.core-properties+xml", CoreId).FeedData(properties);
        }
        return WithFixedTimes(stream);
    }

    private static Paragraph[] Letterhead(LetterSender sender, IStringLocalizer<LetterTexts> texts) =>
    [
        P("LetterheadName", R(sender.Name)),
        P("Letterhead", R(texts["Authority"])),
        P("LetterheadEnd", R(sender.Plan)),
    ];

    /// <summary>A sheet of letter size with a head of its own on the first page.</summary>
    private static SectionProperties Section() => new(
        new HeaderReference { Type = HeaderFooterValues.First, Id = FirstHeaderId },
        new HeaderReference { Type = HeaderFooterValues.Default, Id = HeaderId },
        new FooterReference { Type = HeaderFooterValues.First, Id = FooterId },
        new FooterReference { Type = HeaderFooterValues.Default, Id = FooterId },
        new PageSize { Width = 12240, Height = 15840 },
        new PageMargin { Top = 1418, Bottom = 1134, Left = 1304, Right = 1304, Header = 709, Footer = 567, Gutter = 0 },
        new TitlePage());

    private static byte[] Properties(Letter? letter, LetterSender sender, IStringLocalizer<LetterTexts> texts)
    {
        XNamespace core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", dc = "http://purl.org/dc/elements/1.1/",
            terms = "http://purl.org/dc/terms/", instance = "http://www.w3.org/2001/XMLSchema-instance";
        var root = new XElement(core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", core), new XAttribute(XNamespace.Xmlns + "dc", dc),
            new XAttribute(XNamespace.Xmlns + "dcterms", terms), new XAttribute(XNamespace.Xmlns + "xsi", instance),
            new XElement(dc + "title", letter is null ? texts["TemplateTitle"].Value : $"{letter[LetterField.Number]} · {letter[LetterField.Institution]}"),
            new XElement(dc + "subject", letter?[LetterField.Subject] ?? sender.Plan),
            new XElement(dc + "creator", sender.Name),
            new XElement(dc + "language", "es-PA"));
        if (letter is not null)
        {
            var date = letter.Date.ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
            root.Add(Moment("created", date), Moment("modified", date));
        }
        XElement Moment(string name, string at) => new(terms + name, new XAttribute(instance + "type", "dcterms:W3CDTF"), at);
        using var bytes = new MemoryStream();
        new XDocument(root).Save(bytes, SaveOptions.DisableFormatting);
        return bytes.ToArray();
    }

    private static void Feed(OpenXmlPart part, string file)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"OpenGov.Functions.Requests.Letters.{file}")!;
        part.FeedData(resource);
    }

    /// <summary>The package writes the time of day into its archive: a letter made again would differ.</summary>
    private static byte[] WithFixedTimes(MemoryStream package)
    {
        using var written = new MemoryStream();
        using (var to = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        using (var from = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (var entry in from.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = EarliestInZip;
                using var source = entry.Open();
                using var target = copy.Open();
                source.CopyTo(target);
            }
        }
        return written.ToArray();
    }
}
