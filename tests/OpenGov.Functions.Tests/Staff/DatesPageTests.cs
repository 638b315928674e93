using Microsoft.Playwright;
using OpenGov.Functions.Staff.Intake;

namespace OpenGov.Functions.Staff;

/// <summary>Reprogramación del cronograma in Chromium.</summary>
public sealed class DatesPageTests(OctoberService service, TestBrowser browser) : IClassFixture<OctoberService>
{
    [Fact]
    public async Task An_organiser_sees_what_new_dates_do_before_they_are_applied_and_the_public_sees_the_old_ones_after()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/activities");
        await page.GetByRole(AriaRole.Link, new() { Name = "Reprogramar el cronograma" }).ClickAsync();
        await page.ShowsWellAsync("dates");
        await page.GetByText("Calcular «3.ª y 4.ª semana del mes»").PressAsync("Enter");
        await page.GetByLabel("Mes").FillAsync("2020-12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Calcular" }).ClickAsync();
        await Assertions.Expect(page.GetByText("(2020-11-30 – 2020-12-11)")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("(2020-12-01 – 2020-12-11)")).ToBeVisibleAsync();

        await page.Locator("#launch-opens").FillAsync("2020-12-14");
        await page.Locator("#delivery-closes").FillAsync("2020-12-11");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ver qué pasará" }).ClickAsync();
        await page.ShowsWellAsync("dates-error");
        Assert.Equal("2020-12-14", await page.Locator("#launch-opens").InputValueAsync());
        await page.Locator("#launch-closes").FillAsync("2020-12-18");
        await page.Locator("#delivery-closes").FillAsync("2020-12-16");
        await page.Locator("#reason").FillAsync("La emergencia sanitaria.\nLas mesas siguen en 2020.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ver qué pasará" }).ClickAsync();
        await Assertions.Expect(page.GetByText("empezaría antes de que termine la 14")).ToBeVisibleAsync();
        await page.ShowsWellAsync("dates-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aplicar las fechas nuevas" }).ClickAsync();
        await Assertions.Expect(page.GetByText("El cronograma quedó reprogramado")).ToBeVisibleAsync();
        await page.ShowsWellAsync("dates-applied");
        foreach (var language in new[] { "es", "en" })
        {
            await page.ShowsWellAtAsync($"/chronogram?lang={language}", $"chronogram-{language}");
        }
    }
}
