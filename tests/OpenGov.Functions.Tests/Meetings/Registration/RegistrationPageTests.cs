using Microsoft.Playwright;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Activity 4 in Chromium: a citizen takes a place, staff mark who came, and the public reads it.</summary>
public sealed class RegistrationPageTests(OutreachService service, TestBrowser browser) : IClassFixture<OutreachService>
{
    private static readonly string[] Languages = ["en", "es"];

    [Fact]
    public async Task A_citizen_on_a_phone_registers_without_an_address_staff_mark_who_came_and_the_public_reads_who_came_from_where()
    {
        using var staff = await service.SignInAsync(StaffSignIn.Secretary);
        var meeting = await staff.AnnounceEventAsync("Conversatorio de datos abiertos", ("date", "2019-05-15"), ("places", "2"));
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320);
        await page.GotoAsync("/meetings?lang=es");
        await page.GetByRole(AriaRole.Link, new() { Name = "Inscribirme" }).ClickAsync();
        await page.GetByLabel("Nombre y apellido").FillAsync("Yara Ortega <b>");
        await page.GetByLabel("También quiero que la ANTAI me invite").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscribirme" }).ClickAsync();
        Assert.Equal(["Elija el sector", "Escriba un correo para recibir las invitaciones, o desmarque esa casilla", "Marque la casilla para aceptar el uso de los datos"], await page.Locator(".error-summary li").AllInnerTextsAsync());
        Assert.Equal("Yara Ortega <b>", await page.GetByLabel("Nombre y apellido").InputValueAsync());
        await page.GetByLabel("También quiero que la ANTAI me invite").UncheckAsync();
        await page.GetByLabel("Sector").SelectOptionAsync("citizen");
        await page.GetByLabel("Provincia o comarca").SelectOptionAsync("PA-NB");
        await page.GetByLabel("Acepto que la ANTAI use estos datos").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscribirme" }).ClickAsync();
        var code = await page.Locator(".code-large").InnerTextAsync();
        Assert.Contains("Yara Ortega <b>", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        var printed = page.Url;
        await ReadAsync(meeting, new Uri(printed).PathAndQuery);

        var console = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.AdvanceToAsync("2019-05-15T13:00");
        await service.SignInAsync(console, StaffSignIn.Secretary);
        await console.GotoAsync($"/staff/meetings/{meeting}/registrations");
        await console.GetByRole(AriaRole.Button, new() { Name = "Inscribirla" }).ClickAsync();
        await console.ShowsWellAsync("staff-registrations-errors");
        await console.GetByLabel("Nombre y apellido").FillAsync("Abdiel Pinto");
        await console.GetByLabel("Sector").SelectOptionAsync("academia");
        await console.GetByLabel("Cómo se inscribió").SelectOptionAsync("paper");
        await console.GetByLabel("La persona aceptó").CheckAsync();
        await console.GetByRole(AriaRole.Button, new() { Name = "Inscribirla" }).ClickAsync();
        await console.ShowsWellAsync("staff-registrations");
        await console.GetByRole(AriaRole.Link, new() { Name = "Conversatorio de datos abiertos" }).ClickAsync();
        await console.GetByText("Registrar la asistencia").PressAsync("Enter");
        await console.Locator($"#present-{code}").CheckAsync();
        await console.Locator("#attend-sector-citizen").FillAsync("4");
        await console.ShowsWellAsync("staff-attendance");
        await console.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).First.ClickAsync();
        await console.ShowsWellAsync("staff-attendance-done");

        foreach (var language in Languages)
        {
            await console.ShowsWellAtAsync($"/meetings/{meeting}?lang={language}", $"meeting-attended-{language}");
            await console.ShowsWellAtAsync($"/participation?lang={language}", $"participation-of-meeting-{language}");
        }
        await page.GotoAsync($"/meetings/{meeting}?lang=es");
        var attended = await page.Locator("main").InnerTextAsync();
        Assert.Contains("Asistieron 5 personas", attended, StringComparison.Ordinal);
        Assert.Contains("Ciudadanía: 5", attended, StringComparison.Ordinal);
        Assert.Contains("Comarca Ngäbe-Buglé: 1", attended, StringComparison.Ordinal);
        Assert.Contains("No lo dijeron: 4", attended, StringComparison.Ordinal);
        Assert.DoesNotContain("Yara", attended, StringComparison.Ordinal);
    }

    /// <summary>Every page of a registration, in both languages.</summary>
    private async Task ReadAsync(string meeting, string printed)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        foreach (var language in Languages)
        {
            await page.ShowsWellAtAsync($"/meetings?lang={language}", $"meetings-{language}");
            await page.ShowsWellAtAsync($"/meetings/{meeting}", $"meeting-open-{language}");
            await page.ShowsWellAtAsync($"/meetings/{meeting}/register", $"register-{language}");
            await page.Locator("main form button").ClickAsync();
            await page.ShowsWellAsync($"register-errors-{language}");
            await page.ShowsWellAtAsync(printed, $"registered-printed-{language}");
            await page.ShowsWellAtAsync(printed.Replace($"{meeting}/registered", "withdraw", StringComparison.Ordinal), $"withdraw-{language}");
            await page.ShowsWellAtAsync($"/meetings/{meeting}/registered", $"registered-mailed-{language}");
            await page.ShowsWellAtAsync("/meetings/withdraw?t=nothing", $"withdraw-dead-{language}");
        }
        var other = await service.Http.RegisterAsync(meeting, ("name", "Otra"));
        foreach (var language in Languages)
        {
            await page.ShowsWellAtAsync($"/meetings/{meeting}/register?lang={language}", $"register-full-{language}");
        }
        await page.GotoAsync(other.Replace($"{meeting}/registered", "withdraw", StringComparison.Ordinal));
        await page.Locator("main form button").ClickAsync();
        await page.ShowsWellAsync("withdrawn");
    }
}
