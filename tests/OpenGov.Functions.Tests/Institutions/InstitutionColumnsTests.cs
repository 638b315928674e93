using System.Text.Json;
using OpenGov.Functions.Imports;

namespace OpenGov.Functions.Institutions;

public sealed class InstitutionColumnsTests
{
    [Theory]
    [InlineData("code", "", "missing")]
    [InlineData("code", "A B", "malformed")]
    [InlineData("code", "MEF/..", "malformed")]
    [InlineData("code", "ÑAME", "malformed")]
    [InlineData("code", "M\u0415F", "malformed")]
    [InlineData("code", "ABCDEFGHIJKLMNOPQRSTU", "too-long")]
    [InlineData("code", "MEF\n", "line-break")]
    [InlineData("name", "two\r\nlines", "line-break")]
    [InlineData("name", "two\u2028lines", "line-break")]
    [InlineData("officeMailbox", "despacho", "malformed")]
    [InlineData("officeMailbox", "despacho@localhost", "malformed")]
    [InlineData("officeMailbox", "El despacho <a@example.org>", "malformed")]
    [InlineData("officeMailbox", "a@example.org;b@example.org", "malformed")]
    [InlineData("officeMailbox", "a@example.org,b@example.org", "malformed")]
    [InlineData("officeMailbox", "a@example.org\nBcc: b@example.org", "line-break")]
    [InlineData("officeMailbox", "a..b@example.org", "malformed")]
    [InlineData("officeMailbox", "desp\u0430cho@example.org", "malformed")]
    [InlineData("secretariatMailbox", "a b@example.org", "malformed")]
    public void A_field_that_is_wrong_has_a_stable_code(string field, string value, string code)
    {
        var fault = Assert.Single(Read(Good(field, value)).Faults);

        Assert.Equal((1, field, code), (fault.Row, fault.Field, fault.Code));
    }

    [Theory]
    [InlineData("name", 200)]
    [InlineData("authorityTitle", 200)]
    [InlineData("holder", 120)]
    public void Lengths_are_counted_in_code_points(string field, int most)
    {
        Assert.Empty(Read(Good(field, string.Concat(Enumerable.Repeat("🌊", most)))).Faults);
        Assert.Equal("too-long", Assert.Single(Read(Good(field, string.Concat(Enumerable.Repeat("🌊", most + 1)))).Faults).Code);
    }

    [Fact]
    public void A_code_that_comes_twice_is_refused_where_it_comes_again_also_in_small_letters()
    {
        var table = Read(Good("code", "MEF"), Good("code", "AIG"), Good("code", "mef"));

        var fault = Assert.Single(table.Faults);
        Assert.Equal((3, "code", "duplicate", 1), (fault.Row, fault.Field, fault.Code, fault.Arguments[0]));
        Assert.Equal(["MEF", "AIG"], table.Applicable(partial: true).Select(row => row.Line("code")!));
    }

    [Fact]
    public void A_good_row_becomes_an_institution()
    {
        var row = Assert.Single(Read("""
            {"code":" aig ","name":" Innovación ","authorityTitle":"Administrador/a General","holder":"Ana Ríos","acting":true,
             "officeMailbox":"d@example.org","secretariatMailbox":"s@example.org","unknown":[1]}
            """).Applicable(partial: false));

        Assert.Equal(
            new Institution("AIG", "Innovación", new Office("Administrador/a General", "d@example.org", "Ana Ríos", true), "s@example.org"),
            InstitutionColumns.Institution(row));
    }

    private static string Good(string field, string value)
    {
        var row = new Dictionary<string, string>
        {
            ["code"] = "MEF",
            ["name"] = "n",
            ["authorityTitle"] = "t",
            ["officeMailbox"] = "a@example.org",
            ["secretariatMailbox"] = "b@example.org",
        };
        row[field] = value;
        return JsonSerializer.Serialize(row);
    }

    private static ImportTable Read(params string[] rows) => ImportTable.Read(
        new ImportFile(System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]"), ImportFormat.Json, false, "staff"), InstitutionColumns.All);
}
