using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;

namespace OpenGov.Functions.Commitments;

public sealed class ImportCommitmentsTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task Commitments_are_imported_with_their_institutions_and_the_proposals_behind_them()
    {
        var proposal = await ProposeAsync();

        var result = await ImportJsonAsync(new
        {
            number = "a-01",
            title = "Datos abiertos",
            theme = "Transparencia",
            text = "Primera línea.\r\nSegunda línea.",
            lead = "mef",
            supporting = new[] { "AIG", "aig", "ANTAI" },
            proposals = new[] { proposal.ToLowerInvariant() },
        });

        Assert.Empty(result.Errors);
        var stored = (await FindAsync("A-01"))!;
        Assert.Equal(("A-01", "Datos abiertos", "Transparencia", "Primera línea.\nSegunda línea.", "MEF"), (stored.Number, stored.Title, stored.Theme, stored.Text, stored.Lead));
        Assert.Equal(["AIG", "ANTAI"], stored.Supporting);
        Assert.Equal([proposal], stored.Proposals);
    }

    [Theory]
    [InlineData(";", "AIG|ANTAI")]
    [InlineData(";", "AIG, ANTAI")]
    [InlineData(",", "AIG ANTAI")]
    [InlineData(",", "AIG|ANTAI|aig")]
    public async Task A_spreadsheet_may_separate_several_codes_in_one_cell_in_its_own_way(string separator, string cell)
    {
        var proposal = await ProposeAsync();
        var csv = string.Join(separator, "número", "título", "temática", "texto", "responsable", "apoyo", "propuestas") + "\r\n"
            + string.Join(separator, "b-01", "Título", "Tema", "\"Una línea,\notra; línea\"", "MEF", $"\"{cell}\"", proposal) + "\r\n";

        var result = await ImportAsync(Encoding.UTF8.GetBytes(csv), ImportFormat.Csv);

        Assert.Empty(result.Errors);
        var stored = (await FindAsync("B-01"))!;
        Assert.Equal(["AIG", "ANTAI"], stored.Supporting);
        Assert.Equal([proposal], stored.Proposals);
        Assert.Equal("Una línea,\notra; línea", stored.Text);
    }

    [Theory]
    [InlineData("XYZ", "AIG", "", "lead", "unknown-institution")]
    [InlineData("MEF", "XYZ", "", "supporting", "unknown-institution")]
    [InlineData("MEF", "MEF", "", "supporting", "lead-supports-itself")]
    [InlineData("MEF", "AIG", "000000000", "proposals", "unknown-proposal")]
    [InlineData("MEF", "AIG", "nonsense", "proposals", "unknown-proposal")]
    [InlineData("", "AIG", "", "lead", "missing")]
    public async Task What_a_commitment_names_must_exist(string lead, string supporting, string proposals, string field, string code)
    {
        var wrong = Commitment("C-01") with { lead = lead, supporting = [supporting], proposals = proposals.Length == 0 ? [] : [proposals] };

        var result = await ImportJsonAsync(Commitment("C-02"), wrong);

        var error = Assert.Single(result.Errors);
        Assert.Equal((0, 2, field, code), (result.Imported, error.Row, error.Field, error.Code));
        Assert.Null(await FindAsync("C-02"));
    }

    [Fact]
    public async Task The_good_rows_are_applied_where_that_is_asked_for()
    {
        var result = await ImportAsync(
            JsonSerializer.SerializeToUtf8Bytes(new[] { Commitment("D-01"), Commitment("D-02") with { lead = "XYZ" }, Commitment("D-03") }), ImportFormat.Json, partial: true);

        Assert.Equal((2, 1), (result.Imported, result.Errors.Count));
        Assert.NotNull(await FindAsync("D-01"));
        Assert.Null(await FindAsync("D-02"));
        Assert.NotNull(await FindAsync("D-03"));
    }

    [Fact]
    public async Task A_text_has_at_most_8000_characters_of_any_size()
    {
        Assert.Empty((await ImportJsonAsync([.. Enumerable.Range(1, 12).Select(i =>
            Commitment($"E-{i}") with { text = string.Concat(Enumerable.Repeat("🌊", 8000)) })])).Errors);
        Assert.Equal("too-long", Assert.Single((await ImportJsonAsync(Commitment("E-99") with { text = new string('x', 8001) })).Errors).Code);
    }

    private async Task<string> ProposeAsync()
    {
        var answer = await service.Http.PostAsJsonAsync("/api/proposals", new { title = "Agua", problem = "Falta agua", consent = true });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    private async Task<CommitmentProposal?> FindAsync(string number) => await service.Services.GetRequiredService<CommitmentStore>().FindAsync(
        await service.Services.GetRequiredService<CurrentCycle>().GetAsync(CancellationToken.None), number, CancellationToken.None);

    private Task<ImportResult> ImportJsonAsync(params object[] rows) => ImportAsync(JsonSerializer.SerializeToUtf8Bytes(rows), ImportFormat.Json);

    private Task<ImportResult> ImportAsync(byte[] content, ImportFormat format, bool partial = false) => service.Services.GetRequiredService<ImportCommitments>()
        .RunAsync(new ImportFile(content, format, partial, "organiser:1"), CancellationToken.None);

    private static CommitmentRow Commitment(string number) => new(number, "Título", "Tema", "Texto", "MEF", ["AIG"], []);

#pragma warning disable IDE1006 // names of the JSON import
    private sealed record CommitmentRow(string number, string title, string theme, string text, string lead, string[] supporting, string[] proposals);
#pragma warning restore IDE1006
}
