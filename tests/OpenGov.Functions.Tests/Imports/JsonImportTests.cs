using System.Text;
using OpenGov.Functions.Institutions;

namespace OpenGov.Functions.Imports;

public sealed class JsonImportTests
{
    private const string Good = """{"code":"MEF","name":"n","authorityTitle":"t","officeMailbox":"a@example.org","secretariatMailbox":"b@example.org"}""";

    [Fact]
    public void A_list_of_objects_is_read_with_or_without_a_mark()
    {
        Assert.Empty(Read($"[{Good}]").Faults);
        Assert.Empty(Read($"\ufeff[{Good}]").Faults);
        Assert.Empty(Read("[]").Faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("[1,]")]
    [InlineData("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]")]
    [InlineData("""[{"code":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}]""")]
    public void What_is_no_list_is_one_error_of_the_file(string text)
    {
        var table = Read(text);

        var fault = Assert.Single(table.Faults);
        Assert.Equal((0, "file", "malformed"), (fault.Row, fault.Field, fault.Code));
        Assert.Empty(table.Applicable(partial: true));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_one_error_of_the_file() =>
        Assert.Equal("file", Assert.Single(ImportTable.Read(
            new ImportFile([.. "[\""u8, 0xE9, .. "\"]"u8], ImportFormat.Json, false, "staff"), InstitutionColumns.All).Faults).Field);

    [Theory]
    [InlineData("1", "row", "malformed")]
    [InlineData("null", "row", "malformed")]
    [InlineData("[]", "row", "malformed")]
    [InlineData("""{"code":1}""", "code", "malformed")]
    [InlineData("""{"code":["A"]}""", "code", "malformed")]
    [InlineData("""{"code":"A","code":"B"}""", "code", "duplicate")]
    [InlineData("""{"code":"A","Code":"B"}""", "code", "duplicate")]
    [InlineData("""{"extra":"A","extra":"B"}""", "row", "duplicate")]
    [InlineData("""{"acting":"sí"}""", "acting", "malformed")]
    [InlineData("""{"name":"\ud800"}""", "name", "malformed")]
    [InlineData("""{"\ud800":"x"}""", "row", "malformed")]
    [InlineData("""{"code":null}""", "code", "missing")]
    [InlineData("""{"code":"  "}""", "code", "missing")]
    public void A_wrong_row_is_named_and_the_good_rows_may_still_be_applied(string row, string field, string code)
    {
        var table = Read($"[{row},{Good}]");

        Assert.Contains(table.Faults, fault => (fault.Row, fault.Field, fault.Code) == (1, field, code));
        Assert.All(table.Faults, fault => Assert.Equal(1, fault.Row));
        Assert.Empty(table.Applicable(partial: false));
        Assert.Equal(2, Assert.Single(table.Applicable(partial: true)).Number);
    }

    [Fact]
    public void More_than_ten_thousand_rows_are_refused() =>
        Assert.Equal("too-many", Assert.Single(Read($"[{string.Join(',', Enumerable.Repeat("1", 10_001))}]").Faults).Code);

    private static ImportTable Read(string text) =>
        ImportTable.Read(new ImportFile(Encoding.UTF8.GetBytes(text), ImportFormat.Json, false, "staff"), InstitutionColumns.All);
}
