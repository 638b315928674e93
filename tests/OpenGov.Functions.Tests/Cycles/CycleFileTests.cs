using System.Net;
using System.Text;
using OpenGov.Functions.Imports;

namespace OpenGov.Functions.Cycles;

public sealed class CycleFileService() : TestService("2019-12-20T09:00");

/// <summary>The file of another cycle, as a person edits it: what is wrong is said in Spanish, with its line.</summary>
public sealed class CycleFileTests(CycleFileService service, TestBrowser browser) : IClassFixture<CycleFileService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string Next = Read().Replace("\"2020-", "\"2022-", StringComparison.Ordinal).Replace("\"2019-", "\"2021-", StringComparison.Ordinal)
        .Replace("\"2021-2021\"", "\"2021-2023\"", StringComparison.Ordinal).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("\"timeZone\": \"America/Panama\"", "\"timeZone\": \"America/Panamá\"", "línea 4 (timeZone): no existe la zona horaria «America/Panamá»; se escribe como America/Panama")]
    [InlineData("\"lanes\": 8,", "\"lanes\": 8", "línea 6: aquí deja de ser JSON; falta o sobra una coma, una comilla, un corchete o una llave")]
    [InlineData("\"lanes\": 8,", "\"lanes\": \"ocho\",", "línea 5 (lanes): el dato no es del tipo que corresponde; una fecha se escribe AAAA-MM-DD y un número va sin comillas")]
    [InlineData("\"opens\": \"2021-02-22\", \"closes\": \"2021-04-28\"", "\"opens\": \"2021-02-22\", \"closes\": \"2021-02-02\"", "línea 10 (activities[1].closes): la actividad cierra antes de abrir")]
    [InlineData("\"opens\": \"2021-02-22\"", "\"opens\": \"22/02/2021\"", "línea 10 (activities[1].opens): el dato no es del tipo que corresponde")]
    [InlineData("\"opens\": \"2021-02-22\", ", "", "línea 10 (activities[1].opens): falta el dato")]
    [InlineData("\"key\": \"outreach\"", "\"key\": \"launch\"", "(activities[14].key): «launch» se repite: debe ser distinto en cada uno")]
    [InlineData("\"number\": 4, \"key\"", "\"number\": 3, \"key\"", "(activities[3].number): «3» se repite")]
    [InlineData("\"key\": \"validation\"", "\"key\": \"validacion\"", "falta la actividad con la clave «validation»")]
    [InlineData("\"follows\": [\"liaisons\"]", "\"follows\": [\"enlaces\"]", "«enlaces» no es la clave de otra actividad")]
    [InlineData("\"follows\": [\"liaisons\"]", "\"follows\": null", "(activities[7].follows): falta, o tiene un valor nulo")]
    [InlineData("\"lanes\": 8,", "\"lanes\": 8,\n  \"lanes\": 4,", "línea 5 (lanes): el dato está dos veces")]
    [InlineData("\"en\": \"Launch of the National Open Government Action Plan, Panama 2019-2021\"", "\"en\": \"\"", "(activities[14].title): falta el texto en español («es») o en inglés («en»)")]
    [InlineData("\"code\": \"PA-2\"", "\"code\": \"PA-1\"", "(territories[1].code): «PA-1» se repite")]
    [InlineData("\"contraryFrom\": \"2022-01-01\"", "\"contraryFrom\": \"2021-01-01\"", "(plan.contraryFrom): no puede ser anterior a la fecha de entrega («due»)")]
    [InlineData("\"lateEvery\": 7", "\"lateEvery\": 0", "(notices.lateEvery): debe ser de un día por lo menos")]
    public void What_is_wrong_in_the_file_is_said_in_Spanish_with_its_line(string right, string wrong, string message)
    {
        Assert.Contains(right, Next, StringComparison.Ordinal);
        var at = Next.IndexOf(right, StringComparison.Ordinal);

        var (cycle, faults) = CycleFile.Read(Encoding.UTF8.GetBytes(Next[..at] + wrong + Next[(at + right.Length)..]));

        Assert.Null(cycle);
        Assert.Contains(faults, fault => fault.In("es").Contains(message, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain("{", fault.In("en") + fault.In("es"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"activities\":[null],\"deadlines\":[null],\"territories\":[null],\"holidays\":[null]}")]
    [InlineData("{\"activities\":[{}],\"deadlines\":null,\"territories\":{},\"notices\":{}}")]
    [InlineData("{} {}")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_no_cycle_at_all_is_refused_and_never_a_crash(string text) => Assert.NotEmpty(CycleFile.Read(Encoding.UTF8.GetBytes(text)).Faults);

    [Fact]
    public async Task Everything_that_is_wrong_is_listed_at_once_and_what_was_chosen_stays_on_the_page()
    {
        using var staff = await service.SignInAsync();
        var wrong = Next.Replace("America/Panama", "Panamá", StringComparison.Ordinal).Replace("\"lanes\": 8", "\"lanes\": 0", StringComparison.Ordinal);

        var refused = await PostAsync(staff, CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(wrong));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.ReadAsync();
        Assert.Contains("En el archivo, línea 4 (timeZone): no existe la zona horaria «Panamá»", page, StringComparison.Ordinal);
        Assert.Contains("En el archivo, línea 5 (lanes): debe ser un número del 1 al 64", page, StringComparison.Ordinal);
        Assert.Contains("Comisión Nacional de Gobierno Abierto Panamá", page, StringComparison.Ordinal);
        Assert.Contains("Elija el archivo del ciclo", await staff.RefusedAsync("/staff/cycles", ("act", "preview"), ("text", "")), StringComparison.Ordinal);
        Assert.Contains("Ya hay un ciclo con el identificador «2019-2021»", await staff.RefusedAsync("/staff/cycles", ("act", "preview"), ("text", Read())), StringComparison.Ordinal);

        var large = await PostAsync(staff, Encoding.UTF8.GetBytes(Next + new string(' ', 70_000)));
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
        Assert.Contains("El archivo de un ciclo tiene 64 KB como máximo", await large.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("El archivo no es un texto", await (await PostAsync(staff, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Next)])).ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_that_precede_what_they_follow_are_pointed_out_before_the_cycle_begins()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/cycles");
        await page.Locator("#file").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "ciclo.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes("{\"lanes\": }") });
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Ver qué contiene" }).ClickAsync();
        Assert.Contains("línea 1: aquí deja de ser JSON", await page.Locator(".error-summary").InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("cycle-errors");

        var early = Next.Replace("\"opens\": \"2021-05-02\", \"closes\": \"2021-05-02\"", "\"opens\": \"2021-04-02\", \"closes\": \"2021-04-02\"", StringComparison.Ordinal);
        await page.Locator("#file").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "ciclo.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(early) });
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Ver qué contiene" }).ClickAsync();
        Assert.Contains("3. Escogencia y aprobación de las temáticas por parte de la CNGAP comienza antes de que termine 2.", await page.Locator("section[aria-labelledby=preview] .notice-box").InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("cycle-preview");
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient staff, byte[] file) =>
        await staff.PostAsync("/staff/cycles", new MultipartFormDataContent { { new StringContent("preview"), "act" }, { new ByteArrayContent(file), "file", "ciclo.json" } }, Cancel);

    private static string Read()
    {
        using var file = typeof(Service).Assembly.GetManifestResourceStream("OpenGov.Functions.Cycles.Data.panama-2019-2021.json")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
