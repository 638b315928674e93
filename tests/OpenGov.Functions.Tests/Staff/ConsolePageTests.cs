using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Storage;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff;

public sealed class ConsolePageTests(TestService service, TestBrowser browser) : IClassFixture<TestService>
{
    [Theory]
    [InlineData("/staff")]
    [InlineData("/staff/activities")]
    [InlineData("/staff/activities?changed=methods-meeting")]
    [InlineData("/staff/activities?again=1")]
    [InlineData("/staff/notices?from=2019-02-22&to=2019-04-30")]
    [InlineData("/staff/notices?from=x")]
    [InlineData("/staff/institutions")]
    public async Task A_page_of_the_console_is_accessible_and_fits_a_small_phone(string path)
    {
        await PutInstitutionAsync();
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync(path);

        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Cerrar sesión" }).IsVisibleAsync());
        await page.ShowsWellAsync();
    }

    [Theory]
    [InlineData("/staff")]
    [InlineData("/staff/enter?t=forged")]
    public async Task A_page_before_sign_in_is_accessible_and_fits_a_small_phone(string path)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await page.ShowsWellAtAsync($"{path}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar enlace" }).ClickAsync();
        Assert.Equal("Escriba su correo electrónico", await page.Locator("#email-error").InnerTextAsync());
        await page.ShowsWellAsync();
        await page.ShowsWellAtAsync($"/staff/enter?t={await service.SignInTokenAsync(Reader)}");
    }

    [Fact]
    public async Task A_member_of_staff_signs_in_marks_an_activity_and_signs_out_by_keyboard_alone_and_without_JavaScript()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!);
        await page.GotoAsync("/staff");
        await TabToAsync(page, "#email");
        var known = (await service.SignInLinksAsync(Organiser, 0)).Count;
        await page.Keyboard.TypeAsync(Organiser);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Revise su correo").First.WaitForAsync();
        await page.GotoAsync($"/staff/enter?t={(await service.SignInLinksAsync(Organiser, known + 1))[0]}");
        await TabToAsync(page, "main button");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("/staff$");
        Assert.Equal("Resumen", await page.Locator("h1").InnerTextAsync());

        await TabToAsync(page, "a[href='/staff/activities']");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("/staff/activities$");
        await TabToAsync(page, "#call-for-proposals button");
        await page.Keyboard.PressAsync("Space");
        Assert.Contains("La actividad quedó como realizada", await page.GetByRole(AriaRole.Status).InnerTextAsync(new() { Timeout = 10_000 }), StringComparison.Ordinal);

        await TabToAsync(page, ".signed-in button");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar enlace" }).WaitForAsync();
        await page.GotoAsync("/staff/activities");
        Assert.EndsWith("/staff", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_place_of_the_navigation_is_there_and_no_search_engine_is_asked_in()
    {
        using var client = await service.SignInAsync();
        foreach (var (path, _) in StaffPlaces.All)
        {
            var page = await client.GetStringAsync(path);
            Assert.Contains("noindex", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"{path}\" aria-current=\"page\"", page, StringComparison.Ordinal);
        }
    }

    private async Task PutInstitutionAsync()
    {
        var services = service.Services;
        var cycle = await services.GetRequiredService<CurrentCycle>().GetAsync(default);
        var institution = new Institution("MEF", "Ministerio de Economía y Finanzas", new Office("Ministro/a", "despacho.superior@mef.example.org", "Ana Ríos", Acting: true), "secretaria.general@mef.example.org");
        await services.GetRequiredService<StorageClients>().Table(Tables.Institutions).UpsertEntityAsync(
            Document.Of(InstitutionStore.PartitionOf(cycle), InstitutionStore.RowOf("MEF"), institution));
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator($"{selector}:focus").CountAsync() > 0)
            {
                return;
            }
        }
        Assert.Fail($"The keyboard does not reach {selector}.");
    }
}
