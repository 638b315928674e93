using Microsoft.Playwright;

namespace OpenGov.Functions.Meetings;

/// <summary>Activities 1, 5 and 6 in Chromium: the commission meets, its spokesperson speaks, and the activity is closed.</summary>
public sealed class ForumPageTests(JuneService service, TestBrowser browser) : IClassFixture<JuneService>, IAsyncLifetime
{
    /// <summary>A mailbox gets only so many sign-in links an hour.</summary>
    public async ValueTask InitializeAsync() => await service.AdvanceByAsync("PT21M");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("methods-meeting", "Forum", "Reunión de la CNGAP sobre métodos", "2019-01-11", "Sede de la ANTAI")]
    [InlineData("tables-method", "Forum", "Reunión de la CNGAP sobre las mesas", "2019-06-01", "Sede de la ANTAI")]
    [InlineData("continued-commitments", "Media", "Entrevista sobre los compromisos que continúan", "2019-06-01", "Radio Nacional")]
    public async Task The_activity_is_prepared_held_and_closed_from_its_page(string activity, string kind, string title, string date, string place)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync($"/staff/activity/{activity}", $"activity-{activity}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Anunciar una reunión" }).ClickAsync();
        Assert.Equal(activity, await page.Locator("#define-activity").InputValueAsync());
        await page.Locator("#define-kind").SelectOptionAsync(kind);
        await page.Locator("#define-title").FillAsync(title);
        await page.Locator("#define-date").FillAsync(date);
        await page.Locator("#define-from").FillAsync("09:00");
        await page.Locator("#define-to").FillAsync("11:00");
        await page.Locator("#define-place").FillAsync(place);
        if (kind == "Media")
        {
            await page.Locator("#define-spokesperson").FillAsync("Directora de la ANTAI");
            await page.Locator("#define-link").FillAsync("https://radio.example.org/entrevista");
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Anunciarla" }).ClickAsync();
        if (kind == "Forum")
        {
            await page.GetByText("Publicar el acta").First.PressAsync("Enter");
            await page.Locator("#minutes-agreements").FillAsync("Una mesa por temática.");
            await page.Locator("#minutes-minutes").FillAsync("La Comisión acordó el método.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Publicar", Exact = true }).ClickAsync();
        }
        await page.ShowsWellAsync($"meeting-of-{activity}");
        await page.GotoAsync($"/staff/activity/{activity}");
        Assert.Contains(title, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Marcar como realizada" }).ClickAsync();
        await Assertions.Expect(page.GetByText("La actividad quedó como realizada")).ToBeVisibleAsync();
        await page.GotoAsync("/meetings?lang=es");
        Assert.Contains(title, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }
}
