using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests.Letters;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Requests;

public sealed class LetterTests(OctoberService service) : IClassFixture<OctoberService>
{
    [Theory]
    [InlineData("Ana Ríos", false)]
    [InlineData(null, false)]
    [InlineData("Ana <Ríos> & \u0001Hijos\uFFFE", true)]
    public async Task A_letter_is_a_valid_Word_document_without_macros(string? holder, bool acting)
    {
        var (letter, sender) = await ComposeAsync(Nota(holder, acting));

        Assert.Equal([], Faults(NotaLetter.Write(letter, sender, Texts)));
        Assert.Equal([], Faults(NotaLetter.Template(sender, Texts)));
        using var word = Open(NotaLetter.Write(letter, sender, Texts));
        Assert.Null(word.MainDocumentPart!.VbaProjectPart);
    }

    [Fact]
    public async Task A_letter_says_who_is_asked_what_and_until_when_and_how_to_answer()
    {
        var nota = Nota("Ana Ríos", acting: true);
        var lines = Lines(await LetterOfAsync(nota));

        Assert.Equal(
            [
                "Nota N.º 001-2019", "Panamá, 1 de octubre de 2019", "Señor/a", "Ana Ríos", "Ministro/a (encargado/a)", "Ministerio de Economía y Finanzas", "E. S. D.",
                "Asunto: Validación de propuestas de compromiso", "Respetado/a señor/a Ministro/a:",
            ],
            lines.Take(9));
        Assert.Contains("En el marco del 4.° Plan de Acción Nacional", lines[9], StringComparison.Ordinal);
        Assert.Contains("Agradecemos recibir su respuesta a más tardar el viernes 11 de octubre de 2019, a las 23:59 (hora de Panamá).", lines);
        Assert.Contains(service.Services.GetRequiredService<RequestLinks>().AddressFor(nota), lines);
        Assert.Contains(lines, line => line.Contains("antai@example.org", StringComparison.Ordinal));
        Assert.Contains("Atentamente,", lines);
        Assert.Contains("Talón de respuesta", lines);
        Assert.Equal(2, lines.Count(line => line == "C-01 · Presupuesto abierto"));
        Assert.Contains("Temática: TransparenciaPapel de su institución: responsableApoyan: AIG", lines);
    }

    [Fact]
    public async Task A_letter_to_an_office_whose_holder_is_not_known_is_addressed_to_the_title()
    {
        var lines = Lines(await LetterOfAsync(Nota(null, acting: false)));

        Assert.Equal(["Señor/a", "Ministro/a", "Ministerio de Economía y Finanzas", "E. S. D."], lines.Skip(2).Take(4));
    }

    [Fact]
    public async Task The_reply_slip_has_a_box_for_each_choice_of_each_item_and_room_to_write()
    {
        using var word = Open(await LetterOfAsync(Nota("Ana Ríos", acting: false)));
        var body = word.MainDocumentPart!.Document!.Body!;
        var tables = body.Elements<Table>().ToList();

        Assert.Equal(2, tables.Count);
        Assert.All(tables, table =>
        {
            var rows = table.Elements<TableRow>().ToList();
            Assert.NotNull(rows[0].TableRowProperties!.GetFirstChild<TableHeader>());
            Assert.Equal(3, table.Descendants<SdtRun>().Count());
            Assert.Contains("Motivos:", rows[2].InnerText, StringComparison.Ordinal);
            Assert.Contains("Contrapropuesta:", rows[2].InnerText, StringComparison.Ordinal);
            Assert.Contains("Institución competente:", rows[3].InnerText, StringComparison.Ordinal);
        });
        Assert.Equal(body.Descendants<SdtId>().Count(), body.Descendants<SdtId>().Select(id => id.Val!.Value).Distinct().Count());
    }

    [Fact]
    public async Task A_letter_is_in_Spanish_has_styles_headings_numbered_items_and_numbered_pages()
    {
        using var word = Open(await LetterOfAsync(Nota("Ana Ríos", acting: false)));
        var main = word.MainDocumentPart!;
        var styles = main.StyleDefinitionsPart!.Styles!;
        var used = main.Document!.Descendants<ParagraphStyleId>().Select(style => style.Val!.Value!).ToHashSet();

        Assert.Equal("es-PA", styles.DocDefaults!.Descendants<Languages>().Single().Val);
        Assert.Equal([], used.Except(styles.Elements<Style>().Select(style => style.StyleId!.Value!)));
        Assert.Contains("Heading1", used);
        Assert.Contains("ItemHeading", used);
        Assert.Equal(2, main.NumberingDefinitionsPart!.Numbering!.Elements<NumberingInstance>().Count());
        Assert.Contains(main.FooterParts.Single().Footer!.Descendants<SimpleField>(), field => field.Instruction!.Value!.Contains("NUMPAGES", StringComparison.Ordinal));
        Assert.Contains("Gobierno Abierto Panamá", main.HeaderParts.Select(part => part.Header!.InnerText).Aggregate(string.Concat), StringComparison.Ordinal);
        Assert.All(main.Document.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>(), picture => Assert.NotEmpty(picture.Description!.Value!));
        Assert.Equal(("Nota N.º 001-2019 · Ministerio de Economía y Finanzas", "es-PA"), (word.PackageProperties.Title, word.PackageProperties.Language));
    }

    [Fact]
    public async Task The_same_nota_always_makes_the_same_bytes()
    {
        var first = await LetterOfAsync(Nota("Ana Ríos", acting: false));
        await Task.Delay(TimeSpan.FromSeconds(2.1));

        Assert.Equal(first, await LetterOfAsync(Nota("Ana Ríos", acting: false)));
    }

    [Fact]
    public async Task A_letter_is_in_Spanish_whoever_asks_for_it()
    {
        Web.Language.Use("en");

        Assert.Contains("Panamá, 1 de octubre de 2019", Lines(await LetterOfAsync(Nota(null, acting: false))));
        Assert.Equal("en", Web.Language.Current);
    }

    [Fact]
    public async Task The_template_merges_every_column_of_the_data_but_the_code_and_no_other()
    {
        var (letter, sender) = await ComposeAsync(Nota("=Ana, \"la\" Ríos", acting: false));
        using var word = Open(NotaLetter.Template(sender, Texts));
        var main = word.MainDocumentPart!;
        var merged = main.Document!.Descendants<SimpleField>().Concat(main.HeaderParts.SelectMany(part => part.Header!.Descendants<SimpleField>()))
            .Select(field => field.Instruction!.Value!.Trim()).Where(field => field.StartsWith("MERGEFIELD ", StringComparison.Ordinal)).Select(field => field["MERGEFIELD ".Length..]).ToHashSet();
        var csv = LetterData.Csv([letter, letter], Texts);
        using var reader = new CsvReader(new StreamReader(new MemoryStream(csv)), CultureInfo.InvariantCulture);
        var rows = reader.GetRecords<dynamic>().Cast<IDictionary<string, object>>().ToList();

        Assert.Equal([0xEF, 0xBB, 0xBF], csv.Take(3));
        Assert.Equal(2, rows.Count);
        Assert.Equal(rows[0].Keys.Except(["Siglas"]).Order(), merged.Order());
        Assert.All(rows[0].Keys, name => Assert.Matches("^[A-Za-z]{1,40}$", name));
        Assert.Equal(" =Ana, \"la\" Ríos", rows[0]["Nombre"]);
        Assert.Contains("☐ La institución la aprueba", (string)rows[0]["Talon"], StringComparison.Ordinal);
        Assert.StartsWith("1. C-01 · Presupuesto abierto\nTemática: Transparencia\n", (string)rows[0]["Puntos"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_get_the_letter_of_a_nota_and_all_of_a_round_with_template_and_data()
    {
        var dispatch = await ValidationRound.SendAsync(service, new LocalDate(2019, 10, 11), "L-01: LMEF, LAIG");
        await ValidationRound.LinkAsync(service, "LMEF");
        await ValidationRound.LinkAsync(service, "LAIG");
        using var reader = await service.SignInAsync(StaffSignIn.Reader);
        var id = dispatch.Notas[0].Id;

        var letter = await reader.GetAsync($"/staff/requests/{id}/letter.docx");
        Assert.Equal((NotaLetter.MediaType, $"nota-{id}.docx"), (letter.Content.Headers.ContentType!.MediaType, letter.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal([], Faults(await letter.Content.ReadAsByteArrayAsync()));
        using var zip = new ZipArchive(await reader.GetStreamAsync($"/staff/letters?round=validation-{dispatch.Round}"));
        Assert.Equal([.. dispatch.Notas.Select(nota => $"nota-{nota.Id}.docx"), "plantilla.docx", "datos.csv", "LEAME.txt"], zip.Entries.Select(entry => entry.FullName));

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/staff/requests/999-2019/letter.docx")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/staff/letters?round=validation-99")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await reader.GetAsync("/staff/letters?round=x")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await service.NewPlainClient().GetAsync($"/staff/requests/{id}/letter.docx")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await service.NewPlainClient().GetAsync("/staff/letters?round=validation-1")).StatusCode);
    }

    internal static OfficialRequest Nota(string? holder, bool acting) => new(
        "2019-2021", "001-2019", ValidationKind.Name, "Nota N.º 001-2019", 1, "MEF", "Ministerio de Economía y Finanzas",
        new Office("Ministro/a", "despacho@example.org", holder, acting), "secretaria@example.org",
        [
            new RequestItem("C-01", "Presupuesto abierto", "Publicar el presupuesto de la institución en formatos abiertos,\ncon sus modificaciones y su ejecución, cada trimestre.").With(Item(true, "AIG")),
            new RequestItem("C-02", "Datos de contrataciones", "Publicar los datos de las contrataciones desde la planificación hasta la ejecución.").With(Item(false)),
        ],
        Instant.FromUtc(2019, 10, 1, 14, 0), new LocalDate(2019, 10, 11));

    private static ValidationItem Item(bool isLead, params string[] supporting) =>
        new("Transparencia", isLead ? "MEF" : "Dirección General de Contrataciones Públicas", supporting, isLead);

    private IStringLocalizer<LetterTexts> Texts => service.Services.GetRequiredService<IStringLocalizer<LetterTexts>>();

    private async Task<(Letter Letter, LetterSender Sender)> ComposeAsync(OfficialRequest nota)
    {
        var compose = service.Services.GetRequiredService<ComposeLetter>();
        return (await compose.ComposeAsync(nota, default), await compose.SenderAsync(default));
    }

    private async Task<byte[]> LetterOfAsync(OfficialRequest nota)
    {
        var (letter, sender) = await ComposeAsync(nota);
        return NotaLetter.Write(letter, sender, Texts);
    }

    private static WordprocessingDocument Open(byte[] bytes) => WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);

    private static IEnumerable<string> Faults(byte[] bytes)
    {
        using var word = Open(bytes);
        return [.. new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(word).Select(fault => $"{fault.Path?.XPath}: {fault.Description}")];
    }

    private static List<string> Lines(byte[] bytes)
    {
        using var word = Open(bytes);
        return [.. word.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>().Select(paragraph => paragraph.InnerText).Where(line => line.Length > 0)];
    }
}
