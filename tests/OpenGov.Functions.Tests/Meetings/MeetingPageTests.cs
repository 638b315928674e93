using Microsoft.Playwright;
using OpenGov.Functions.Staff.Intake;

namespace OpenGov.Functions.Meetings;

/// <summary>Activity 4 in Chromium.</summary>
public sealed class MeetingPageTests(JuneService service, TestBrowser browser) : IClassFixture<JuneService>
{
    [Fact]
    public async Task The_secretary_announces_invites_records_and_publishes_in_Chromium_and_the_public_reads_it()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page, StaffSignIn.Secretary);
        await page.ShowsWellAtAsync("/staff/meetings", "meetings");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anunciarla" }).ClickAsync();
        await page.ShowsWellAsync("meeting-errors");
        await page.Locator("#define-kind").SelectOptionAsync("Outreach");
        await page.Locator("#define-activity").SelectOptionAsync("outreach");
        await page.Locator("#define-title").FillAsync("Feria de gobierno abierto");
        await page.Locator("#define-date").FillAsync("2019-06-01");
        await page.Locator("#define-from").FillAsync("09:00");
        await page.Locator("#define-to").FillAsync("16:00");
        await page.Locator("#define-place").FillAsync("Parque Cervantes, David");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anunciarla" }).ClickAsync();
        await page.ShowsWellAsync("meeting");
        await page.GetByText("Registrar la asistencia").PressAsync("Enter");
        await page.Locator("#attend-sector-citizen").FillAsync("muchos");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).First.ClickAsync();
        await page.ShowsWellAsync("attendance-error");
        await page.Locator("#attend-sector-citizen").FillAsync("40");
        await page.Locator("#attend-sector-academia").FillAsync("6");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).First.ClickAsync();
        await page.GetByText("Publicar el acta").First.PressAsync("Enter");
        await page.Locator("#minutes-agreements").FillAsync("Volver en julio.\nLlevar formularios en papel.");
        await page.Locator("#minutes-minutes").FillAsync("Se explicó el plan a quienes visitaron la feria.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publicar", Exact = true }).ClickAsync();
        await page.ShowsWellAsync("meeting-done");
        foreach (var language in new[] { "es", "en" })
        {
            await page.ShowsWellAtAsync($"/meetings?lang={language}", $"public-meetings-{language}");
            await page.GetByRole(AriaRole.Link, new() { Name = "Feria de gobierno abierto" }).ClickAsync();
            await page.ShowsWellAsync($"public-meeting-{language}");
        }
        await page.ShowsWellAtAsync("/staff/members", "members");
    }
}
