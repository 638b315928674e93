using Deque.AxeCore.Playwright;
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
        await CheckAsync(page, "themes-none", "/staff/themes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Crear la temática" }).ClickAsync();
        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await CheckAsync(page, "themes-error");
        foreach (var name in new[] { "Datos abiertos", "Gobierno local" })
        {
            await page.GetByLabel("Nombre").FillAsync(name);
            await page.GetByRole(AriaRole.Button, new() { Name = "Crear la temática" }).ClickAsync();
        }
        await CheckAsync(page, "themes");

        await page.GotoAsync("/staff/proposals?theme=none");
        await CheckAsync(page, "sort");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clasificar las marcadas" }).ClickAsync();
        await CheckAsync(page, "sort-error");
        await page.GetByLabel("Marcar Canchas").CheckAsync();
        await page.GetByLabel("Pasan a la temática").SelectOptionAsync("Gobierno local");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clasificar las marcadas" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Propuestas que pasan a «Gobierno local»: 1")).ToBeVisibleAsync();
        await CheckAsync(page, "sort-marked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sí, clasificarlas" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Se clasificó 1 propuesta.")).ToBeVisibleAsync();
        Assert.EndsWith("/staff/proposals?theme=none&sorted=1", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Pasan a la temática").SelectOptionAsync("Datos abiertos");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clasificar las 4 encontradas" }).ClickAsync();
        await CheckAsync(page, "sort-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sí, clasificarlas" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Se clasificaron 4 propuestas.")).ToBeVisibleAsync();
        await CheckAsync(page, "review", "/staff/themes/review");

        await page.GotoAsync("/staff/themes/T-01");
        await page.GetByText("Registrar la decisión de la CNGAP").First.PressAsync("Enter");
        await page.Locator("#decide-reasons").FillAsync("Es la materia más propuesta.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar la decisión" }).ClickAsync();
        await CheckAsync(page, "decide-error");
        Assert.Equal("Es la materia más propuesta.", await page.Locator("#decide-reasons").InputValueAsync());
        await page.Locator("#decide-outcome").SelectOptionAsync("Aprobada");
        await page.Locator("#decide-minutes").FillAsync("Acta del 2 de mayo de 2019");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar la decisión" }).ClickAsync();
        await CheckAsync(page, "decided");
        await page.GetByText("Responder a quienes propusieron").PressAsync("Enter");
        await page.Locator("#answer-outcome").SelectOptionAsync("Recogida");
        await page.Locator("#answer-reasons").FillAsync("Pasa a las mesas de co-creación.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await CheckAsync(page, "answer-preview");
        Assert.Contains("Propuestas que se responden: 4", await page.Locator("#preview").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Single(await service.MailsAsync(ReviewService.MailboxOf("ana"), 1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cambiarla" }).ClickAsync();
        Assert.Equal("Pasa a las mesas de co-creación.", await page.Locator("#answer-reasons").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar la respuesta (4)" }).ClickAsync();
        await CheckAsync(page, "answered");
        Assert.Equal(2, (await service.MailsAsync(ReviewService.MailboxOf("ana"), 2)).Count);

        await page.GotoAsync($"/staff/proposals/{service.CodeOf("dario")}");
        await page.GetByText("Responder a esta propuesta").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar la respuesta" }).ClickAsync();
        await CheckAsync(page, "answer-error");
        await CheckAsync(page, "activities", "/staff/activities");
        foreach (var language in new[] { "es", "en" })
        {
            await CheckAsync(page, $"public-themes-{language}", $"/themes?lang={language}");
            await CheckAsync(page, $"public-theme-{language}", $"/themes/T-01?lang={language}");
            await CheckAsync(page, $"public-candidate-{language}", $"/themes/T-02?lang={language}");
            await CheckAsync(page, $"public-answered-{language}", $"/proposals/{service.CodeOf("ana")}?lang={language}");
            await CheckAsync(page, $"public-proposals-{language}", $"/proposals?theme=T-01&lang={language}");
        }
    }

    private static async Task CheckAsync(IPage page, string name, string? path = null)
    {
        if (path is not null)
        {
            await page.GotoAsync(path);
        }
        await Shots.TakeAsync(page, name);
        Assert.Equal([], (await page.RunAxe()).Violations.Select(violation => $"{page.Url} {violation.Id}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{page.Url} scrolls sideways.");
    }
}
