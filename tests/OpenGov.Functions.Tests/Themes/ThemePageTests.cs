using Microsoft.Playwright;
using OpenGov.Functions.Staff.Intake;

namespace OpenGov.Functions.Themes;

/// <summary>Activity 3 in Chromium: the secretary sorts, records and answers; the public reads.</summary>
public sealed class ThemePageTests(ReviewService service, TestBrowser browser) : IClassFixture<ReviewService>
{
    [Fact]
    public async Task The_secretary_sorts_records_what_the_forum_decided_and_answers_and_the_public_reads_it()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page, StaffSignIn.Secretary);
        await page.ShowsWellAtAsync("/staff/themes", "themes-none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Crear la temática" }).ClickAsync();
        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("themes-error");
        foreach (var name in new[] { "Datos abiertos", "Gobierno local" })
        {
            await page.GetByLabel("Nombre").FillAsync(name);
            await page.GetByRole(AriaRole.Button, new() { Name = "Crear la temática" }).ClickAsync();
        }
        await page.ShowsWellAsync("themes");

        await page.ShowsWellAtAsync("/staff/proposals?theme=none", "sort");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clasificar las marcadas" }).ClickAsync();
        await page.ShowsWellAsync("sort-error");
        await page.GetByLabel("Marcar Canchas").CheckAsync();
        await page.GetByLabel("Pasan a la temática").SelectOptionAsync("Gobierno local");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clasificar las marcadas" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Propuestas que pasan a «Gobierno local»: 1")).ToBeVisibleAsync();
        await page.ShowsWellAsync("sort-marked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sí, clasificarlas" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Se clasificó 1 propuesta.")).ToBeVisibleAsync();
        Assert.EndsWith("/staff/proposals?theme=none&sorted=1", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Pasan a la temática").SelectOptionAsync("Datos abiertos");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clasificar las 4 encontradas" }).ClickAsync();
        await page.ShowsWellAsync("sort-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sí, clasificarlas" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Se clasificaron 4 propuestas.")).ToBeVisibleAsync();
        await page.ShowsWellAtAsync("/staff/themes/review", "review");

        await page.GotoAsync("/staff/themes/T-01");
        await page.GetByText("Registrar la decisión de la CNGAP").First.PressAsync("Enter");
        await page.Locator("#decide-reasons").FillAsync("Es la materia más propuesta.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar la decisión" }).ClickAsync();
        await page.ShowsWellAsync("decide-error");
        Assert.Equal("Es la materia más propuesta.", await page.Locator("#decide-reasons").InputValueAsync());
        await page.Locator("#decide-outcome").SelectOptionAsync("Aprobada");
        await page.Locator("#decide-minutes").FillAsync("Acta del 2 de mayo de 2019");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar la decisión" }).ClickAsync();
        await page.ShowsWellAsync("decided");
        await page.GetByText("Responder a quienes propusieron").PressAsync("Enter");
        await page.Locator("#answer-outcome").SelectOptionAsync("Recogida");
        await page.Locator("#answer-reasons").FillAsync("Pasa a las mesas de co-creación.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await page.ShowsWellAsync("answer-preview");
        Assert.Contains("Propuestas que se responden: 4", await page.Locator("#preview").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Single(await service.MailsAsync(ReviewService.MailboxOf("ana"), 1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cambiarla" }).ClickAsync();
        Assert.Equal("Pasa a las mesas de co-creación.", await page.Locator("#answer-reasons").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar la respuesta (4)" }).ClickAsync();
        await page.ShowsWellAsync("answered");
        Assert.Equal(2, (await service.MailsAsync(ReviewService.MailboxOf("ana"), 2)).Count);

        await page.GotoAsync($"/staff/proposals/{service.CodeOf("dario")}");
        await page.GetByText("Responder a esta propuesta").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar la respuesta" }).ClickAsync();
        await page.ShowsWellAsync("answer-error");
        await page.ShowsWellAtAsync("/staff/activities", "activities");
        foreach (var language in new[] { "es", "en" })
        {
            await page.ShowsWellAtAsync($"/themes?lang={language}", $"public-themes-{language}");
            await page.ShowsWellAtAsync($"/themes/T-01?lang={language}", $"public-theme-{language}");
            await page.ShowsWellAtAsync($"/themes/T-02?lang={language}", $"public-candidate-{language}");
            await page.ShowsWellAtAsync($"/proposals/{service.CodeOf("ana")}?lang={language}", $"public-answered-{language}");
            await page.ShowsWellAtAsync($"/proposals?theme=T-01&lang={language}", $"public-proposals-{language}");
        }
    }
}
