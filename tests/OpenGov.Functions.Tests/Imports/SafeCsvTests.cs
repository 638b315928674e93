using System.Text;

namespace OpenGov.Functions.Imports;

public sealed class SafeCsvTests
{
    private static readonly string[] Headers = ["código", "texto"];

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+50761234567", "'+50761234567")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("agua = vida", "agua = vida")]
    [InlineData("dos\nlíneas; \"comillas\", y más", "dos\nlíneas; \"\"comillas\"\", y más")]
    public void A_cell_that_a_spreadsheet_would_take_for_a_formula_is_made_safe(string cell, string written)
    {
        var text = Encoding.UTF8.GetString(SafeCsv.Write(Headers, [["A", cell]]));

        Assert.StartsWith("\ufeffcódigo,texto\r\nA,", text, StringComparison.Ordinal);
        Assert.Contains(written, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pasted_cells_of_a_spreadsheet_are_separated_by_tabs() => Assert.Equal("\t", CsvText.SeparatorOf("título\tproblema, o asunto\tpropuesta\n"));
}
