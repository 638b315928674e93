using System.Net.Http.Json;
using OpenGov.Functions.Staff.Intake;

namespace OpenGov.Functions.Participation;

public sealed class ParticipationTests(ReviewOfMay service, TestBrowser browser) : IClassFixture<ReviewOfMay>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proposals_and_people_at_meetings_are_counted_by_territory_and_by_sector_and_what_is_cancelled_is_not()
    {
        foreach (var (territory, sector) in new[] { ("PA-4", "academia"), ("PA-4", "citizen"), ("PA-KY", "citizen"), (null, null) })
        {
            (await service.Http.PostAsJsonAsync("/api/proposals", new { title = $"Propuesta de {territory}", problem = "Importa.", territory, author = new { sector }, consent = true }, Cancel)).EnsureSuccessStatusCode();
        }
        using var staff = await service.SignInAsync();
        foreach (var (title, people) in new[] { ("Feria en David", "30"), ("Feria cancelada", "") })
        {
            await staff.PostAsync("/staff/meetings", StaffSignIn.Form(
                ("kind", "Outreach"), ("activity", "outreach"), ("title", title), ("date", "2019-04-20"), ("from", "09:00"), ("to", "12:00"), ("place", "David"), ("territory", "PA-4")), Cancel);
        }
        await staff.DoneAsync("/staff/meetings/R-001", ("act", "attend"), ("sector-citizen", "30"), ("sector-academia", "5"));
        await staff.DoneAsync("/staff/meetings/R-002", ("act", "attend"), ("sector-citizen", "100"));
        await staff.DoneAsync("/staff/meetings/R-002", ("act", "cancel"), ("reason", "Llovió."));

        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        foreach (var language in new[] { "es", "en" })
        {
            await page.ShowsWellAtAsync($"/participation?lang={language}", $"participation-{language}");
        }
        async Task<string> RowAsync(string name) => string.Join(' ', await page.Locator("tr", new() { Has = page.GetByRole(Microsoft.Playwright.AriaRole.Rowheader, new() { Name = name }) }).First.Locator("td").AllInnerTextsAsync());
        Assert.Equal("2 35", await RowAsync("Chiriquí"));
        Assert.Equal("1 0", await RowAsync("Comarca Guna Yala"));
        Assert.Equal("1 0", await RowAsync("The whole country"));
        Assert.Equal("2 30", await RowAsync("Citizen"));
        Assert.Equal("1 5", await RowAsync("Academia"));
    }

    [Fact]
    public async Task The_rules_of_the_forum_are_published_with_their_date()
    {
        using var staff = await service.SignInAsync();
        Assert.Contains("Escriba las reglas", await staff.RefusedAsync("/staff/members", ("rules", " "), ("link", "")), StringComparison.Ordinal);
        Assert.Contains("enlace completo", await staff.RefusedAsync("/staff/members", ("rules", "La forman siete."), ("link", "javascript:alert(1)")), StringComparison.Ordinal);
        await staff.DoneAsync("/staff/members", ("rules", "La forman siete miembros.\nDecide la mayoría."), ("link", "https://example.org/reglas.pdf"));

        var open = await service.Http.ReadAsync("/meetings?lang=es");
        Assert.Contains("Decide la mayoría.", open, StringComparison.Ordinal);
        Assert.Contains("https://example.org/reglas.pdf", open, StringComparison.Ordinal);
    }
}

public sealed class ReviewOfMay() : TestService("2019-04-22T09:00");
