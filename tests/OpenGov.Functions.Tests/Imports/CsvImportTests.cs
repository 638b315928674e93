using System.Text;
using OpenGov.Functions.Institutions;

namespace OpenGov.Functions.Imports;

public sealed class CsvImportTests
{
    private const string Header = "código,nombre,título de la autoridad,titular,encargado,correo del despacho,correo de la secretaría general";
    private const string Row = "MEF,Ministerio de Economía y Finanzas,Ministro/a,,no,despacho.mef@example.org,secretaria.mef@example.org";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "windows-1252"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Accents_survive_however_the_spreadsheet_wrote_them(string encoding)
    {
        var text = $"{Header}\r\n{Row}\r\n";
        byte[] content = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
        };

        var table = ImportTable.Read(new ImportFile(content, ImportFormat.Csv, false, "staff"), InstitutionColumns.All);

        Assert.Empty(table.Faults);
        Assert.Equal("Ministerio de Economía y Finanzas", Assert.Single(table.Rows).Line("name"));
    }

    [Theory]
    [InlineData("code,name,authorityTitle,officeMailbox,secretariatMailbox")]
    [InlineData("CODIGO,Nombre,Titulo de la autoridad,CORREO DEL DESPACHO,correo de la secretaria general")]
    [InlineData(" Código ; nombre;título_de_la_autoridad;correo-del-despacho;Correo de la Secretaría General;observaciones")]
    [InlineData("\"code\";\"name\";\"authority title\";\"office mailbox\";\"secretariat mailbox\"")]
    public void Headers_and_separators_are_recognised(string header)
    {
        var separator = header.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var row = string.Join(separator, "mef", "\"Economía; y, Finanzas\"", "Ministro/a", "a@example.org", "b@example.org");

        var table = Read($"{header}\n{row}\n");

        Assert.Empty(table.Faults);
        Assert.Equal("MEF", table.Rows[0].Line("code"));
        Assert.Equal("Economía; y, Finanzas", table.Rows[0].Line("name"));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"\"http://x\"\")", "=HYPERLINK(\"http://x\")")]
    [InlineData("+1+1", "+1+1")]
    [InlineData("-1", "-1")]
    [InlineData("@SUM(A1)", "@SUM(A1)")]
    [InlineData("\t=1+1", "=1+1")]
    [InlineData("../../etc/passwd", "../../etc/passwd")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("a\u0000b\u0007c", "abc")]
    [InlineData("Ngäbe\u202e🌊", "Ngäbe\u202e🌊")]
    public void Cells_are_text_whatever_they_begin_with(string cell, string kept) =>
        Assert.Equal(kept, Read($"{Header}\nMEF,\"{cell}\",Ministro/a,,,a@example.org,b@example.org").Rows[0].Line("name"));

    [Theory]
    [InlineData("sí", true)]
    [InlineData("SI", true)]
    [InlineData("x", true)]
    [InlineData("true", true)]
    [InlineData("no", false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    public void Yes_and_no_are_understood(string cell, bool acting) =>
        Assert.Equal(acting, Read($"{Header}\nMEF,n,t,h,{cell},a@example.org,b@example.org").Rows[0].Flag("acting"));

    [Theory]
    [InlineData("MEF,n,t,,quizás,a@example.org,b@example.org", "acting", "malformed")]
    [InlineData("MEF,n,t,,,a@example.org", "secretariatMailbox", "missing")]
    [InlineData("MEF,n,t,,,a@example.org,b@example.org,de más", "row", "malformed")]
    [InlineData("MEF,n,t \"x\" y,,,a@example.org,b@example.org", "row", "malformed")]
    [InlineData("MEF,\"n,t,,,a@example.org,b@example.org", "row", "malformed")]
    [InlineData("MEF,\"two\nlines\",t,,,a@example.org,b@example.org", "name", "line-break")]
    public void A_wrong_row_is_named_with_the_number_that_the_spreadsheet_shows(string row, string field, string code)
    {
        var table = Read($"{Header}\n\n,,,,,,\n{row}");

        var fault = Assert.Single(table.Faults);
        Assert.Equal((4, field, code), (fault.Row, fault.Field, fault.Code));
    }

    [Theory]
    [InlineData("", "file", "malformed")]
    [InlineData("PK\u0003\u0004 a workbook", "file", "malformed")]
    [InlineData("code,name,authorityTitle,officeMailbox", "secretariatMailbox", "missing")]
    [InlineData("code,código,name,authorityTitle,officeMailbox,secretariatMailbox", "code", "duplicate")]
    public void A_file_without_its_columns_is_refused_as_a_whole(string text, string field, string code)
    {
        var table = Read(text);

        var fault = Assert.Single(table.Faults);
        Assert.Equal((field, code), (fault.Field, fault.Code));
        Assert.Empty(table.Applicable(partial: true));
    }

    [Fact]
    public void A_mark_of_UTF_8_over_other_bytes_is_refused_rather_than_guessed() =>
        Assert.Equal("malformed", Assert.Single(ImportTable.Read(
            new ImportFile([0xEF, 0xBB, 0xBF, .. "code"u8, 0xE9], ImportFormat.Csv, false, "staff"), InstitutionColumns.All).Faults).Code);

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Ten_thousand_rows_are_read_and_more_are_refused(int count, bool accepted)
    {
        var rows = string.Join('\n', Enumerable.Range(0, count).Select(i => $"I-{i},Nombre,Ministro/a,,,a@example.org,b@example.org"));

        var table = Read($"{Header}\n{rows}");

        Assert.Equal(accepted ? [] : ["too-many"], table.Faults.Select(fault => fault.Code));
        Assert.Equal(accepted ? count : 0, table.Applicable(partial: true).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bytes_that_mean_nothing_are_errors_and_never_a_crash(int seed)
    {
        var random = new Random(seed);
        for (var tries = 0; tries < 200; tries++)
        {
            var noise = new byte[random.Next(2000)];
            random.NextBytes(noise);
            byte[] withHeader = [.. Encoding.UTF8.GetBytes(Header + "\n"), .. noise];

            Assert.Empty(ImportTable.Read(new ImportFile(noise, ImportFormat.Csv, true, "staff"), InstitutionColumns.All).Applicable(true));
            Assert.Empty(ImportTable.Read(new ImportFile(noise, ImportFormat.Json, true, "staff"), InstitutionColumns.All).Applicable(true));
            Assert.Empty(ImportTable.Read(new ImportFile(withHeader, ImportFormat.Csv, true, "staff"), InstitutionColumns.All).Applicable(true));
        }
    }

    private static ImportTable Read(string text) =>
        ImportTable.Read(new ImportFile(Encoding.UTF8.GetBytes(text), ImportFormat.Csv, false, "staff"), InstitutionColumns.All);
}
