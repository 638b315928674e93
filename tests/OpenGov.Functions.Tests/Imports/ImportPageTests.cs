using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Staff.Notas;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Imports;

public sealed class ImportPageService() : StaffedService("2019-07-08T09:00");

/// <summary>The console shows what a file would do, and then does just that.</summary>
public sealed class ImportPageTests(ImportPageService service, TestBrowser browser) : IClassFixture<ImportPageService>
{
    private const string Header = "código;nombre;título de la autoridad;titular;encargado;correo del despacho;correo de la secretaría general";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly HttpClient staff = service.Staff;

    [Fact]
    public async Task Which_holders_change_and_what_follows_is_seen_before_it_applies_and_errors_are_left_out_by_choice()
    {
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "MOP", "AIG");
        (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "designation", due = "2019-07-31", to = new[] { "MOP" } }, Cancel)).EnsureSuccessStatusCode();
        await Validations.ValidationRound.LinkAsync(service, "MOP");
        await PutAsync("MOP;Ministerio de Obras Públicas;Ministro/a;Ana Ríos;no;despacho.mop@example.org;secretaria.mop@example.org");

        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync("/staff/import?what=institutions", "import");
        Assert.True(await page.Locator("#what-institutions").IsCheckedAsync());
        var file = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(string.Join("\r\n", Header,
            "MOP;Ministerio de Obras Públicas;Ministro/a;Luis Peña;no;despacho.mop@example.org;secretaria.mop@example.org",
            "AIG;Autoridad de Innovación;Administrador/a General;;no;nuevo.aig@example.org;secretaria.aig@example.org",
            "NUEVA;Institución Ñandú;Director/a General;;no;despacho.nueva@example.org;secretaria.nueva@example.org",
            "MALA;Sin buzón;Director/a General;;no;nadie;secretaria@example.org", ""));
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "instituciones.csv", MimeType = "text/csv", Buffer = file });
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar" }).ClickAsync();
        await page.Locator("#rows-title").PressAsync("Enter");
        await page.ShowsWellAsync("import-preview");

        var preview = await page.Locator("section[aria-labelledby=preview]").InnerTextAsync();
        Assert.Contains("Nuevas: 1", preview, StringComparison.Ordinal);
        Assert.Contains("Cambian: 2", preview, StringComparison.Ordinal);
        Assert.Contains("Con errores: 1", preview, StringComparison.Ordinal);
        Assert.Contains("que ya están registradas no vienen en el archivo: quedan como están", preview, StringComparison.Ordinal);
        Assert.Contains("MOP · Ministerio de Obras Públicas: titular: Ana Ríos → Luis Peña (notas abiertas: 1)", preview, StringComparison.Ordinal);
        Assert.Contains("correo del despacho: despacho.aig@example.org → nuevo.aig@example.org", preview, StringComparison.Ordinal);
        Assert.Contains("(sin notas abiertas)", preview, StringComparison.Ordinal);
        Assert.Contains("«correo del despacho» debe ser una sola dirección de correo", await page.Locator(".error-summary").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Institución Ñandú", await page.Locator("#rows").InputValueAsync(), StringComparison.Ordinal);
        Assert.Equal("Ana Ríos", (await FindAsync("MOP"))!.Office.Holder);

        await page.GetByRole(AriaRole.Button, new() { Name = "Importar solo las filas correctas: 3" }).ClickAsync();
        Assert.Contains("Filas importadas: 3", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Quedaron fuera las filas con errores: 1.", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("import-done");
        Assert.Equal("Luis Peña", (await FindAsync("MOP"))!.Office.Holder);
        Assert.Null(await FindAsync("MALA"));
        for (var tries = 0; tries < 100 && !(await service.Http.ReadAsync("/requests?institution=MOP&lang=es")).Contains("Reemitida", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100, Cancel);
        }
        Assert.Contains("Reemitida", await service.Http.ReadAsync("/requests?institution=MOP&lang=es"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_applied_is_what_was_looked_at_and_the_same_button_twice_does_it_once()
    {
        var (seen, content) = await LookAsync("UNO;Instituto Uno;Director/a General;;no;uno@example.org;s@example.org");

        // Meanwhile somebody else brings the same institution, with another mailbox.
        await PutAsync("UNO;Instituto Uno;Director/a General;Eva Sol;no;otro@example.org;s@example.org");
        var overtaken = await ApplyAsync(seen, content);
        Assert.Equal(HttpStatusCode.Conflict, overtaken.Status);
        Assert.Contains("Algo cambió mientras usted revisaba. No se importó nada", overtaken.Page, StringComparison.Ordinal);
        Assert.Contains("titular: Eva Sol → (vacío)", overtaken.Page, StringComparison.Ordinal);
        Assert.Equal("otro@example.org", (await FindAsync("UNO"))!.Office.Mailbox);

        seen = Field("seen").Match(overtaken.Page).Groups[1].Value;
        for (var times = 0; times < 2; times++)
        {
            var applied = await ApplyAsync(seen, content);
            Assert.Equal(HttpStatusCode.OK, applied.Status);
            Assert.Contains("Filas importadas: 1", applied.Page, StringComparison.Ordinal);
        }
        Assert.Equal(("uno@example.org", 1), ((await FindAsync("UNO"))!.Office.Mailbox, (await FindAsync("UNO"))!.Office.Term));
        Assert.Contains("No hay nada que importar: todo está ya como lo dice el archivo.", await (await staff.ReviewImportAsync("institutions", Encoding.UTF8.GetString(Convert.FromBase64String(content)))).ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("institutions", "", "Elija un archivo o pegue las filas")]
    [InlineData("nonsense", "a;b", "Elija qué importa")]
    [InlineData("institutions", Header, "El archivo no tiene filas debajo de los títulos")]
    [InlineData("members", "[]", "El archivo no tiene filas debajo de los títulos")]
    [InlineData("members", "código;nombre\nM-01;Ana", "Falta la columna «organización».")]
    [InlineData("members", "[{\"code\":", "no es una lista JSON")]
    public async Task What_cannot_be_imported_is_said_and_what_was_pasted_stays(string what, string pasted, string message)
    {
        var answer = await staff.ReviewImportAsync(what, pasted);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.Contains($">\n{pasted}</textarea>".ReplaceLineEndings("\n"), page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"apply\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_five_megabytes_is_refused_on_the_form()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("institutions"), "what" }, { new StringContent("review"), "step" }, { new ByteArrayContent(new byte[(5 * 1024 * 1024) + 1]), "file", "grande.csv" },
        };
        var answer = await staff.PostAsync("/staff/import", form, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("El archivo pasa de 5 MB. Divídalo en varios", await answer.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await staff.PostAsync("/staff/import", new MultipartFormDataContent { { new ByteArrayContent(new byte[11 * 1024 * 1024]), "file", "enorme.csv" } }, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Members_who_are_likely_the_same_are_pointed_out_and_a_forged_content_imports_nothing()
    {
        var looked = await (await staff.ReviewImportAsync("members", "código;nombre;organización;gobierno;correo\nM-71;Ana Ríos;ANTAI;sí;ana@example.org\nM-72;Ana R.;Fundación;no;ANA@example.org")).ReadAsync();

        Assert.Contains("M-72 · Ana R. (3) se parece a M-71", looked, StringComparison.Ordinal);
        Assert.Contains("Importar las filas: 2", looked, StringComparison.Ordinal);
        var forged = await staff.PostAsync("/staff/import", Form(("what", "members"), ("step", "apply"), ("content", "¡no es base64!"), ("seen", "")), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var reader = await service.SignInAsync(Reader);
        Assert.Contains("Importar es tarea de quien organiza", await reader.ReadAsync("/staff/import"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/staff/import", Form(("what", "members")), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_commitment_about_which_institutions_were_asked_is_pointed_out()
    {
        const string csv = "number,title,theme,text,lead\nF-01,Datos,Transparencia,{0},MEF";
        await ImportAsync("commitments", csv.Replace("{0}", "Publicar.", StringComparison.Ordinal));
        (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "F-01" }, due = "2019-10-11" }, Cancel)).EnsureSuccessStatusCode();

        var looked = await (await staff.ReviewImportAsync("commitments", csv.Replace("{0}", "Publicar más.", StringComparison.Ordinal))).ReadAsync();

        Assert.Contains("Ya se preguntó a las instituciones por estos compromisos", looked, StringComparison.Ordinal);
        Assert.Contains("href=\"/staff/commitments/F-01\"", looked, StringComparison.Ordinal);
        Assert.Contains("texto: Publicar. → Publicar más.", looked, StringComparison.Ordinal);
    }

    public static TheoryData<string, IReadOnlyList<ImportColumn>> Columns => new()
    {
        { "institutions", InstitutionColumns.All }, { "commitments", CommitmentColumns.All }, { "proposals", PaperColumns.OfImport }, { "members", ImportMembers.Columns },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void The_columns_that_the_page_names_are_known_and_none_that_a_file_needs_is_left_out(string what, IReadOnlyList<ImportColumn> columns)
    {
        var named = service.Services.GetRequiredService<IStringLocalizer<ImportPageTexts>>()[$"Columns-{what}"].Value.Split('.')[0]
            .Split(',').Select(name => name.Replace("(sí o no)", "", StringComparison.Ordinal)).ToList();

        Assert.Equal([], named.Where(name => !columns.Any(column => column.IsCalled(name))));
        Assert.Equal([], columns.Where(column => column.Required && !named.Any(column.IsCalled)).Select(column => column.Name));
    }

    private async Task<(string Seen, string Content)> LookAsync(string row)
    {
        var looked = await (await staff.ReviewImportAsync("institutions", $"{Header}\n{row}")).ReadAsync();
        Assert.Contains("Nuevas: 1", looked, StringComparison.Ordinal);
        return (Field("seen").Match(looked).Groups[1].Value, Field("content").Match(looked).Groups[1].Value);
    }

    private async Task<(HttpStatusCode Status, string Page)> ApplyAsync(string seen, string content)
    {
        var answer = await staff.PostAsync("/staff/import", Form(("what", "institutions"), ("step", "apply"), ("seen", seen), ("content", content)), Cancel);
        return (answer.StatusCode, await answer.ReadAsync());
    }

    private Task PutAsync(string row) => ImportAsync("institutions", $"{Header}\n{row}\n");

    private async Task ImportAsync(string what, string csv) =>
        Assert.Equal(HttpStatusCode.OK, (await staff.PostAsync($"/api/staff/import/{what}", new StringContent(csv, Encoding.UTF8, "text/csv"), Cancel)).StatusCode);

    private async Task<Institution?> FindAsync(string code) =>
        await service.Services.GetRequiredService<InstitutionStore>().FindAsync(await service.Services.GetRequiredService<CurrentCycle>().GetAsync(Cancel), code, Cancel);

    private static Regex Field(string name) => new($"name=\"{name}\" value=\"([^\"]*)\"");
}
