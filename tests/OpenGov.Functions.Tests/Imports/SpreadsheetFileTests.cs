using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Institutions;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Imports;

public sealed class SpreadsheetService() : StaffedService("2019-03-05T09:00");

/// <summary>Files as spreadsheets in Spanish save them, by every way in which records come in.</summary>
public sealed class SpreadsheetFileTests(SpreadsheetService service) : IClassFixture<SpreadsheetService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string[] Whats = ["institutions", "members", "commitments", "proposals"];
    private static readonly string[] Encodings = ["utf-8", "utf-8 with mark", "windows-1252"];
    private readonly HttpClient staff = service.Staff;

    public static TheoryData<string> Ways => [.. Whats, "paper"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Accents_separators_line_ends_and_empty_rows_make_no_difference(string what)
    {
        foreach (var (encoding, separator, end) in from encoding in Encodings from separator in ";,\t" from end in new[] { "\r\n", "\n" } select (encoding, separator, end))
        {
            var name = $"Economía, ñandú; «{Guid.NewGuid():N}»";
            var file = BytesOf(encoding, Table(separator, end, what, name) + $"{separator}{separator}{separator}{end}{end}");

            Assert.True(await BringAsync(what, file, name), $"{what}: {encoding}, '{separator}', {end.Length} signs at the end of a line");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_quoted_text_may_have_several_lines_and_a_name_may_not(string what)
    {
        var name = $"Nombre {Guid.NewGuid():N}";
        Assert.True(await BringAsync(what, BytesOf("utf-8", Table(';', "\r\n", what, name, text: "\"Una línea.\r\nOtra; línea.\"")), name));
        Assert.Contains("debe escribirse en una sola línea", await ErrorsAsync(what, Table(';', "\r\n", what, "\"Dos\r\nlíneas\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("institutions", "código;código;nombre", "La columna «código» aparece más de una vez.")]
    [InlineData("members", "código;nombre;organización;correo;e-mail;correo", "La columna «correo» aparece más de una vez.")]
    [InlineData("commitments", "número;título;título;temática;texto;responsable", "La columna «título» aparece más de una vez.")]
    [InlineData("proposals", "título;tema;problema;consentimiento", "La columna «temática» aparece más de una vez.")]
    [InlineData("institutions", "código;nombre;título de la autoridad;correo de la secretaría general", "Falta la columna «correo del despacho».")]
    [InlineData("members", "código;nombre;correo", "Falta la columna «organización».")]
    [InlineData("commitments", "número;título;temática;responsable", "Falta la columna «texto».")]
    [InlineData("proposals", "título;consentimiento", "Falta la columna «por qué es importante».")]
    [InlineData("members", "\n\n", "no tiene una primera fila con los nombres de las columnas")]
    [InlineData("members", "M-01;Ana;ANTAI;sí;ana@example.org", "Falta la columna «código».")]
    public async Task A_header_that_is_missing_or_double_is_said_in_Spanish(string what, string header, string message) =>
        Assert.Contains(message, await ErrorsAsync(what, $"{header}\r\nx;y;z\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("institutions")]
    [InlineData("members")]
    [InlineData("commitments")]
    [InlineData("proposals")]
    public async Task What_comes_twice_or_names_what_is_not_there_stops_all_unless_the_good_rows_are_wanted(string what)
    {
        var (one, other, third) = ($"{what} {Guid.NewGuid():N}", $"{what} {Guid.NewGuid():N}", $"{what} {Guid.NewGuid():N}");
        var rows = Table(';', "\r\n", what, one).TrimEnd().Split("\r\n");
        var second = Table(';', "\r\n", what, other).TrimEnd().Split("\r\n")[1];
        var wrong = what switch
        {
            "commitments" => Table(';', "\r\n", what, third).TrimEnd().Split("\r\n")[1].Replace("MEF", "NADIE", StringComparison.Ordinal),
            _ => rows[1],
        };
        var file = string.Join("\r\n", rows[0], rows[1], wrong, second);

        var refused = await PostAsync(what, BytesOf("windows-1252", file));
        var answer = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 0, 3), (refused.StatusCode, answer.GetProperty("imported").GetInt32(), error.GetProperty("row").GetInt32()));
        Assert.Matches(what == "commitments" ? "no hay ninguna institución con el código NADIE" : "es igual (al de|a) la fila 2", error.GetProperty("message").GetString());
        Assert.False(await IsThereAsync(what, one));
        Assert.False(await IsThereAsync(what, other));

        var partly = await PostAsync(what, BytesOf("windows-1252", file), "?partial=true");
        Assert.Equal((HttpStatusCode.OK, 2), (partly.StatusCode, (await partly.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("imported").GetInt32()));
        Assert.True(await IsThereAsync(what, one));
        Assert.True(await IsThereAsync(what, other));
        Assert.False(await IsThereAsync(what, third));
    }

    [Fact]
    public async Task Proposals_are_counted_before_they_come_in_and_are_there_already_the_second_time()
    {
        const string csv = "título;problema;consentimiento\nAgua;Falta agua;sí\nAgua potable;Falta agua;sí\nLuz;;sí";
        Task<HttpResponseMessage> Review() => staff.PostAsync("/staff/import", Form(("what", "proposals"), ("step", "review"), ("rows", csv)), Cancel);
        var looked = await (await Review()).ReadAsync();
        Assert.Contains("Nuevas: 2", looked, StringComparison.Ordinal);
        Assert.Contains("Falta «por qué es importante».", looked, StringComparison.Ordinal);
        Assert.False(await IsThereAsync("proposals", "Agua potable"));

        await PostAsync("proposals", BytesOf("utf-8", csv), "?partial=true");
        looked = await (await Review()).ReadAsync();
        Assert.Contains("Sin cambios: 2", looked, StringComparison.Ordinal);
        Assert.Contains("No hay nada que importar", looked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_is_imported_again_keeps_the_table_that_drafted_it()
    {
        var cycle = await CycleAsync();
        var draft = new CommitmentProposal("TABLA-1", "Datos", "Transparencia", "Publicar.", "MEF", [], []) { Table = "R-007" };
        await service.Services.GetRequiredService<Storage.Ledger>().CommitAsync(
            new Storage.Change(Storage.Tables.Commitments, CommitmentStore.PartitionOf(cycle)).Put(CommitmentStore.RowOf(draft.Number), draft), Cancel);

        await PostAsync("commitments", BytesOf("utf-8", "número;título;temática;texto;responsable\r\nTABLA-1;Datos;Transparencia;Publicar más.;MEF\r\n"));

        var stored = (await service.Services.GetRequiredService<CommitmentStore>().FindAsync(cycle, "TABLA-1", Cancel))!;
        Assert.Equal(("Publicar más.", "R-007"), (stored.Text, stored.Table));
    }

    /// <summary>One row whose name is <paramref name="name"/>, as a clerk titles the columns, one column unknown.</summary>
    private static string Table(char separator, string end, string what, string name, string text = "Una razón")
    {
        var code = $"K{Math.Abs(name.GetHashCode(StringComparison.Ordinal)) % 100_000_000}";
        var cell = name.StartsWith('"') ? name : $"\"{name}\"";
        (string Title, string Value)[] columns = what switch
        {
            "institutions" => [("Código", code), ("Nombre", cell), ("Título de la autoridad", "Ministro/a"), ("Correo del despacho", $"{code}@example.org"), ("Correo de la Secretaría General", "s@example.org")],
            "members" => [("Código", code), ("Nombre", cell), ("Organización", "Fundación"), ("Gobierno", "sí"), ("Correo", $"{code}@example.org")],
            "commitments" => [("Número", code), ("Título", cell), ("Temática", "Transparencia"), ("Texto", text), ("Responsable", "MEF"), ("Apoyo", "AIG|ANTAI")],
            _ => [("Título", cell), ("Por qué es importante", text), ("Provincia", "Chiriquí"), ("Consentimiento", "sí")],
        };
        return string.Join(separator, columns.Select(column => column.Title).Append("Observaciones")) + end + string.Join(separator, columns.Select(column => column.Value).Append("nada")) + end;
    }

    private static byte[] BytesOf(string encoding, string text) => encoding switch
    {
        "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };

    private async Task<bool> BringAsync(string what, byte[] file, string name)
    {
        if (what != "paper")
        {
            var answer = await PostAsync(what, file);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
            return await IsThereAsync(what, name);
        }
        var staged = await StageAsync(file);
        Assert.Equal(HttpStatusCode.SeeOther, staged.StatusCode);
        await staff.DoneAsync(staged.Headers.Location!.ToString(), ("step", "register"));
        return await IsThereAsync(what, name);
    }

    private async Task<HttpResponseMessage> StageAsync(byte[] file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Feria de David"), "name" }, { new StringContent("2019-03-01"), "date" }, { new StringContent("PA-4"), "territory" },
            { new ByteArrayContent(file), "file", "formularios.csv" },
        };
        return await staff.PostAsync("/staff/intake", form, Cancel);
    }

    private async Task<string> ErrorsAsync(string what, string text)
    {
        if (what == "paper")
        {
            return await staff.ReadAsync((await StageAsync(BytesOf("windows-1252", text))).Headers.Location!.ToString());
        }
        var answer = await PostAsync(what, BytesOf("windows-1252", text));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return string.Join('\n', (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("message").GetString()));
    }

    private Task<HttpResponseMessage> PostAsync(string what, byte[] file, string query = "") => staff.PostAsync(
        $"/api/staff/import/{what}{query}", new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, Cancel);

    private async Task<bool> IsThereAsync(string what, string name) => what switch
    {
        "institutions" => (await service.Services.GetRequiredService<InstitutionStore>().ListAsync(await CycleAsync(), Cancel)).Any(one => one.Name == name),
        "members" => (await service.Services.GetRequiredService<ForumStore>().ListAsync(await CycleAsync(), Cancel)).Any(one => one.Name == name),
        "commitments" => (await service.Services.GetRequiredService<CommitmentStore>().ListAsync(await CycleAsync(), Cancel)).Any(one => one.Title == name),
        _ => (await service.Services.GetRequiredService<Proposals.ProposalStore>().ListAsync(await CycleAsync(), Cancel)).Any(one => one.Content.Title == name),
    };

    private ValueTask<Cycle> CycleAsync() => service.Services.GetRequiredService<CurrentCycle>().GetAsync(Cancel);
}
