using Microsoft.Playwright;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Liaisons;

/// <summary>Activity 7 in Chromium.</summary>
public sealed class DesignationPageTests(JulyService service, TestBrowser browser) : IClassFixture<JulyService>
{
    [Fact]
    public async Task ANTAI_maps_themes_and_sends_notas_and_an_authority_names_its_liaisons_on_a_phone()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        using var staff = await service.SignInAsync();
        await staff.AdoptThemeAsync("T-01", "Datos abiertos de las finanzas públicas");
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/liaisons");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Ministerio de Economía y Finanzas" }).CheckAsync();
        await page.ShowsWellAsync("liaisons-map");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await page.ShowsWellAsync("liaisons-mapped");

        await page.GotoAsync("/staff/requests");
        await page.GetByRole(AriaRole.Link, new() { Name = "Designación de enlaces institucionales" }).ClickAsync();
        await page.Locator("#due").FillAsync("2019-07-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await page.ShowsWellAsync("ask-error");
        await page.Locator("#due").FillAsync("2019-07-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await page.ShowsWellAsync("ask-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar las notas" }).ClickAsync();
        await page.ShowsWellAsync("ask-sent");

        await page.ShowsWellAtAsync($"/r?t={await LinkAsync(service, "MEF")}", "designation-empty");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Designamos enlaces" }).CheckAsync();
        await page.GetByLabel("Enlace principal", new() { Exact = true }).FillAsync("Ana Ríos");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar y pedir el código" }).ClickAsync();
        await page.ShowsWellAsync("designation-errors");
        await page.GetByLabel("Cargo del enlace principal").FillAsync("Directora de Presupuesto");
        await page.GetByLabel("Correo electrónico del enlace principal").FillAsync("ana@mef.example.org");
        await page.GetByLabel("Enlace suplente", new() { Exact = true }).FillAsync("Eva Sol");
        await page.GetByLabel("Cargo del enlace suplente").FillAsync("Asesora");
        await page.GetByLabel("Correo electrónico del enlace suplente").FillAsync("eva@mef.example.org");
        await page.GetByLabel("Nombre de quien responde").FillAsync("Luis Paz");
        await page.GetByLabel("Cargo o despacho").First.FillAsync("Secretaría del Despacho");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar y pedir el código" }).ClickAsync();
        await page.Locator("#code").FillAsync(await CodeAsync(service, "MEF"));
        await page.ShowsWellAsync("designation-prepared");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirmar la respuesta" }).ClickAsync();
        await page.ShowsWellAsync("designation-confirmed");

        await service.MailsAsync("ana@mef.example.org", 1);
        foreach (var language in new[] { "es", "en" })
        {
            await page.ShowsWellAtAsync($"/liaisons?lang={language}", $"public-liaisons-{language}");
            await page.ShowsWellAtAsync($"/requests?lang={language}", $"public-requests-{language}");
        }
        await page.ShowsWellAtAsync("/staff/liaisons", "liaisons-named");
    }
}
