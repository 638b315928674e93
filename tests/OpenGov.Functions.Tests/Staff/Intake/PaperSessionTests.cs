using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpenGov.Functions.Proposals;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff.Intake;

public sealed class PaperSessionTests(TestService service, TestBrowser browser, ITestOutputHelper output) : IClassFixture<TestService>
{
    [Fact]
    public async Task A_clerk_enters_a_session_of_300_paper_forms_fixes_its_errors_on_the_page_and_prints_300_codes()
    {
        var rows = PaperForms.Rows.ToList();
        Assert.Equal(300, rows.Count);
        rows[3] = PaperForms.Row(4, "", "Falta agua en el barrio");
        rows[40] = PaperForms.Row(41, "Luminarias en Dolega", "Hay cuadras sin luz", province: "Chiriqi");
        rows[99] = PaperForms.Row(100, "Parques en Boquete", "No hay dónde jugar", email: "ana(arroba)example.org");
        rows[150] = PaperForms.Row(151, "Puente de Gualaca", "El puente se cae", email: "luis@example.org", consent: "no");
        rows[200] = PaperForms.Row(100, "Ferias del productor", "No hay un día fijo");
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 1280);
        await service.SignInAsync(page, Secretary);

        var clock = Stopwatch.StartNew();
        await page.GotoAsync("/staff/intake");
        await page.GetByLabel("Nombre de la sesión").FillAsync("Mesa ciudadana de David");
        await page.GetByLabel("Día en que se entregaron").FillAsync("2019-02-22");
        await page.GetByLabel("O pegue aquí las filas").FillAsync(PaperForms.File(rows));
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar el archivo" }).ClickAsync();

        Assert.Equal("5 filas tienen errores", await page.Locator("#errors").InnerTextAsync());
        Assert.Equal(5, await page.Locator(".wrong-row").CountAsync());
        await Shots.TakeAsync(page, "intake-errors-1280");
        await page.Locator("#row-5-title").FillAsync("Agua en el barrio");
        await page.Locator("#row-42-territory").SelectOptionAsync("Chiriquí");
        await page.Locator("#row-101-email").FillAsync("ana@example.org");
        await page.Locator("#row-152-consent").SelectOptionAsync("Sí");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar y revisar otra vez" }).ClickAsync();

        Assert.Equal("1 fila tiene errores", await page.Locator("#errors").InnerTextAsync());
        Assert.Equal("100", await page.Locator("#row-202-reference").InputValueAsync());
        await page.Locator("#row-202-reference").FillAsync("201");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar y registrar" }).ClickAsync();

        Assert.Equal("300 propuestas registradas.", await page.GetByRole(AriaRole.Status).InnerTextAsync());
        output.WriteLine($"300 paper forms: {clock.Elapsed.TotalSeconds:F1} s");
        var codes = await page.Locator(".slips .code").AllInnerTextsAsync();
        Assert.Equal(300, codes.Distinct().Count());
        Assert.All(codes, code => Assert.NotNull(ProposalCode.Read(code)));
        Assert.Equal(300, await page.Locator(".slips svg.qr path").CountAsync());
        await Shots.TakeAsync(page, "intake-slips-1280");

        var shown = await service.Http.GetFromJsonAsync<JsonElement>($"/api/proposals/{codes[2]}");
        Assert.Equal(("session", "2019-02-22T00:00:00-05:00"), (shown.GetProperty("channel").GetString(), shown.GetProperty("receivedAt").GetString()));
        Assert.Equal("Agua potable es lo que más preocupa a las 22 familias de Boquerón.\n\nQueremos saber cuánto se gasta & en qué.", shown.GetProperty("problem").GetString());
        var receipt = Assert.Single(await service.MailsAsync("ana@example.org", 1));
        Assert.Contains("viernes 22 de febrero de 2019, en papel, en «Mesa ciudadana de David»", receipt.GetProperty("text").GetString()!.ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(await service.MailsAsync("luis@example.org", 1));
    }

    [Fact]
    public async Task The_pages_of_a_batch_are_accessible_and_fit_a_small_phone()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync("/staff/intake", "intake-start-320");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar el archivo" }).ClickAsync();
        Assert.Equal(3, await page.Locator(".error-summary li").CountAsync());
        await page.ShowsWellAsync();
        await page.GetByLabel("Nombre de la sesión").FillAsync("Feria de Tolé");
        await page.GetByLabel("Día en que se entregaron").FillAsync("2019-02-22");
        await page.GetByLabel("O pegue aquí las filas").FillAsync(PaperForms.File(
            PaperForms.Row(1, "Agua en Tolé", "El acueducto rural de Tolé se queda sin agua cada verano"),
            PaperForms.Row(2, "Agua en Tolé", "El acueducto rural de Tolé se queda sin agua cada verano."),
            PaperForms.Row(3, "", "", province: "Chepo", email: "x", consent: ""),
            "4;\"a\"b;c"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar el archivo" }).ClickAsync();
        Assert.Equal(2, await page.Locator(".wrong-row").CountAsync());
        Assert.Equal(1, await page.Locator("fieldset.card").CountAsync());
        await page.ShowsWellAsync("intake-batch-320");
        await page.GetByLabel("No registrar la fila 5").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar solo las 2 correctas" }).ClickAsync();
        Assert.Equal(2, await page.Locator(".slips > li").CountAsync());
        await page.ShowsWellAsync("intake-slips-320");
    }

    [Fact]
    public async Task A_reader_sees_the_batches_and_enters_none()
    {
        using var reader = await service.SignInAsync(Reader);

        Assert.DoesNotContain("<form method=\"post\" action=\"/staff/intake\"", await reader.GetStringAsync("/staff/intake"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/staff/intake", Form(("rows", "título;problema\na;b")))).StatusCode);
    }
}
