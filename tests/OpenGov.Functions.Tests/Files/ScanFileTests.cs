using System.IO.Compression;
using System.Text;
using OpenGov.Functions.Architecture;
using static OpenGov.Functions.Files.Scans;

namespace OpenGov.Functions.Files;

public sealed class ScanFileTests
{
    private const int Half = 2;

    public static TheoryData<ScanType> Types => [.. Enum.GetValues<ScanType>()];

    [Theory]
    [InlineData(ScanType.Pdf, "nota 001.pdf", "application/pdf", "nota 001.pdf")]
    [InlineData(ScanType.Pdf, "NOTA.PDF", "application/octet-stream", "NOTA.PDF")]
    [InlineData(ScanType.Pdf, "Nota N.º 001-2019", null, "Nota N.º 001-2019.pdf")]
    [InlineData(ScanType.Jpeg, "foto.jpeg", "image/jpeg; x=1", "foto.jpeg")]
    [InlineData(ScanType.Jpeg, null, "image/jpg", "escaneo.jpg")]
    [InlineData(ScanType.Png, @"C:\Users\ana\nota firmada.png", "IMAGE/PNG", "nota firmada.png")]
    [InlineData(ScanType.Png, "../../etc/nota\"\r\n;.png", "", "nota.png")]
    [InlineData(ScanType.Png, "  ", null, "escaneo.png")]
    [InlineData(ScanType.Pdf, "firmada\u202Efdp.pdf", null, "firmadafdp.pdf")]
    public void A_scan_is_taken_under_a_name_that_is_safe_to_offer(ScanType type, string? name, string? declared, string safe)
    {
        var check = ScanFile.Check(Whole(type), name, declared);

        Assert.Null(check.Fault);
        Assert.Equal((type, safe), (check.Scan!.Type, check.Scan.Name));
    }

    [Theory]
    [InlineData("carta.docx", null)]
    [InlineData("carta.png", null)]
    [InlineData("carta.exe", "application/pdf")]
    [InlineData("carta.pdf", "text/html")]
    [InlineData("carta.pdf", "image/png")]
    public void A_PDF_that_is_named_or_declared_as_something_else_is_not_what_it_says(string name, string? declared) =>
        Assert.Equal(ScanFault.NotWhatItSays, ScanFile.Check(Pdf(), name, declared).Fault);

    [Theory]
    [InlineData("<html><script>alert(1)</script>%PDF-1.4 %%EOF", "nota.pdf", ScanFault.NotWhatItSays)]
    [InlineData("<html></html>", "nota.html", ScanFault.NotAScan)]
    [InlineData("PK\u0003\u0004 %PDF-1.4", "nota.docx", ScanFault.NotAScan)]
    [InlineData("PK\u0003\u0004 %PDF-1.4", "nota", ScanFault.NotAScan)]
    [InlineData("MZ", "nota.jpg", ScanFault.NotWhatItSays)]
    [InlineData("II*\0", "nota.tiff", ScanFault.NotAScan)]
    [InlineData("GIF89a", "nota.gif", ScanFault.NotAScan)]
    public void What_is_no_PDF_JPEG_or_PNG_is_no_scan_whatever_it_is_called(string content, string name, ScanFault fault) =>
        Assert.Equal(fault, ScanFile.Check(Encoding.Latin1.GetBytes(content), name, null).Fault);

    [Fact]
    public void An_empty_file_and_one_of_more_than_ten_mebibytes_are_refused()
    {
        Assert.Equal(ScanFault.Empty, ScanFile.Check(ReadOnlyMemory<byte>.Empty, "nota.pdf", null).Fault);
        Assert.Equal(ScanFault.TooLarge, ScanFile.Check(new byte[ScanFile.MostBytes + 1], "nota.pdf", null).Fault);
        Assert.Null(ScanFile.Check(Pdf(new string('x', ScanFile.MostBytes - Pdf().Length)), "nota.pdf", null).Fault);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_scan_that_was_cut_off_anywhere_is_damaged(ScanType type)
    {
        var whole = Whole(type);
        for (var length = whole.Length / Half; length < whole.Length - 1; length++)
        {
            Assert.Equal(ScanFault.Damaged, ScanFile.Check(whole.AsMemory(0, length), null, null).Fault);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_scan_with_an_archive_hung_onto_it_is_damaged(ScanType type)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("run.js");
        }
        Assert.Equal(ScanFault.Damaged, ScanFile.Check((byte[])[.. Whole(type), .. archive.ToArray()], null, null).Fault);
    }

    [Fact]
    public void A_photograph_may_carry_what_telephones_hang_onto_it() =>
        Assert.Null(ScanFile.Check((byte[])[.. Jpeg, .. "MotionPhoto_Data"u8], "foto.jpg", null).Fault);

    [Fact]
    public void A_PDF_or_PNG_with_something_after_its_end_is_damaged()
    {
        Assert.Equal(ScanFault.Damaged, ScanFile.Check((byte[])[.. Pdf(), .. "<script>"u8], null, null).Fault);
        Assert.Equal(ScanFault.Damaged, ScanFile.Check((byte[])[.. Png, .. "<script>"u8], null, null).Fault);
        Assert.Null(ScanFile.Check((byte[])[.. Pdf(), .. "\r\n\0\0"u8], null, null).Fault);
    }

    [Theory]
    [InlineData("3 0 obj <</S/JavaScript/JS(app.alert(1))>> endobj")]
    [InlineData("3 0 obj <</S /J#61vaScript /JS(x)>> endobj")]
    [InlineData("3 0 obj <</S/Launch/F(cmd.exe)>> endobj")]
    [InlineData("3 0 obj <</Type/EmbeddedFile>> endobj")]
    [InlineData("3 0 obj <</Names<</EmbeddedFiles 4 0 R>>>> endobj")]
    [InlineData("3 0 obj <</S/SubmitForm>> endobj")]
    public void A_PDF_that_could_do_something_is_refused(string objects) =>
        Assert.Equal(ScanFault.Active, ScanFile.Check(Pdf("", objects), "nota.pdf", null).Fault);

    [Fact]
    public void A_PDF_that_hides_what_it_does_in_compressed_objects_is_refused()
    {
        Assert.Null(ScanFile.Check(PdfWithStream("5 0 <</Type/Font>>"), "nota.pdf", null).Fault);
        Assert.Equal(ScanFault.Active, ScanFile.Check(PdfWithStream("5 0 <</S/JavaScript/JS(x)>>"), "nota.pdf", null).Fault);
        Assert.Equal(ScanFault.Active, ScanFile.Check(PdfWithStream("", "/Filter[/ASCIIHexDecode/FlateDecode]"), "nota.pdf", null).Fault);
        Assert.Equal(ScanFault.Active, ScanFile.Check(PdfWithStream("", "/Filter/LZWDecode"), "nota.pdf", null).Fault);
        Assert.Equal(ScanFault.Damaged, ScanFile.Check(PdfWithStream(new string(' ', 70 * 1024 * 1024)), "nota.pdf", null).Fault);
    }

    [Fact]
    public void A_PDF_behind_a_password_is_refused() =>
        Assert.Equal(ScanFault.Locked, ScanFile.Check(Pdf("", "trailer <</Encrypt 9 0 R>>"), "nota.pdf", null).Fault);

    [Fact]
    public void Every_fault_has_its_words()
    {
        var texts = File.ReadAllText(Path.Combine(Checkout.Root, "functions", "App", "Files", "FileTexts.resx"));
        Assert.All(Enum.GetNames<ScanFault>(), fault => Assert.Contains($"\"Fault-{fault}\"", texts, StringComparison.Ordinal));
    }

    private static byte[] Whole(ScanType type) => type switch { ScanType.Pdf => Pdf(), ScanType.Jpeg => Jpeg, _ => Png };
}
