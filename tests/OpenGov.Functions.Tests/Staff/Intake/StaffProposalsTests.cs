using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff.Intake;

public sealed class StaffProposalsTests(TestService service, TestBrowser browser) : IClassFixture<TestService>
{
    private const string Why = "El acueducto rural se queda sin agua cada verano y nadie responde por su reparación";

    [Fact]
    public async Task A_member_of_staff_finds_two_proposals_alike_merges_them_and_hides_and_shows_one_without_JavaScript()
    {
        var (first, second) = (await SendAsync("Agua en Soná", Why), await SendAsync("Agua para Soná", $"{Why}."));
        var page = await browser.OpenAsync(service.Http.BaseAddress!);
        await service.SignInAsync(page, Secretary);
        await page.GotoAsync("/staff/proposals?q=sona");
        Assert.StartsWith("Propuestas: 2 de ", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        await Shots.TakeAsync(page, "proposals-1280");
        await page.GetByRole(AriaRole.Link, new() { Name = "Posibles propuestas repetidas" }).ClickAsync();
        await page.Locator($"a[href*='{first}'][href*='{second}']").ClickAsync();
        var (merged, standing) = page.Url.Contains(second + "?", StringComparison.Ordinal) ? (second, first) : (first, second);
        Assert.Equal(standing, await page.Locator("#into").InputValueAsync());
        await page.Locator("#merge").GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("Escriba la razón", await page.Locator(".error-summary li").InnerTextAsync());
        await page.Locator("#merge-reason").FillAsync("Piden lo mismo.");
        await page.Locator("#merge").GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal($"sigue en {standing}", await page.Locator(".facts dd a").First.InnerTextAsync());
        Assert.Contains("Piden lo mismo.", await page.Locator(".timeline").InnerTextAsync(), StringComparison.Ordinal);
        await Shots.TakeAsync(page, "proposal-1280");

        await page.GotoAsync($"/staff/proposals/{standing}");
        Assert.Contains(merged, await page.Locator(".facts").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#hide summary").ClickAsync();
        await page.Locator("#hide-reason").FillAsync("Trae datos de otra persona.");
        await page.Locator("#hide").GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("Retirada de la vista", await page.Locator(".facts .tag").InnerTextAsync());
        Assert.Contains("Trae datos de otra persona.", WebUtility.HtmlDecode(await service.Http.GetStringAsync($"/proposals/{standing}?lang=es")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_acts_on_a_page_that_is_no_longer_true_sees_how_it_is_now_and_keeps_what_was_typed()
    {
        var code = await SendAsync("Dos a la vez", "Se abre en dos ventanas");
        var pages = new[] { await browser.OpenAsync(service.Http.BaseAddress!), await browser.OpenAsync(service.Http.BaseAddress!) };
        await service.SignInAsync(pages[0], Secretary);
        await service.SignInAsync(pages[1], Organiser);
        foreach (var page in pages)
        {
            await page.GotoAsync($"/staff/proposals/{code}");
            await page.Locator("#hide summary").ClickAsync();
            await page.Locator("#hide-reason").FillAsync("Es publicidad.");
        }
        await pages[0].Locator("#hide").GetByRole(AriaRole.Button).ClickAsync();
        await pages[0].Locator("#show").WaitForAsync();
        await pages[1].Locator("#hide").GetByRole(AriaRole.Button).ClickAsync();

        Assert.Contains("Otra persona cambió esta propuesta", await pages[1].GetByRole(AriaRole.Alert).InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_are_accessible_and_fit_a_small_phone()
    {
        var code = await SendAsync("Página larga", string.Concat(Enumerable.Repeat("palabra ", 100)) + new string('x', 300));
        await SendAsync("Página larga", string.Concat(Enumerable.Repeat("palabra ", 100)) + new string('x', 300));
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await service.SignInAsync(page);
        foreach (var path in new[] { "/staff/proposals", "/staff/proposals?q=nada&status=hidden", "/staff/proposals/similar", $"/staff/proposals/{code}?into={code}", "/staff/channels" })
        {
            await page.ShowsWellAtAsync(path);
        }
        await page.GotoAsync($"/staff/proposals/{code}?into={code}");
        await Shots.TakeAsync(page, "proposal-320");
        await page.Locator("#merge-reason").FillAsync("x");
        await page.Locator("#merge").GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator(".error-summary").WaitForAsync();
        await page.ShowsWellAsync();
        await page.Locator("#hide summary").ClickAsync();
        await page.Locator("#hide-reason").FillAsync("Prueba");
        await page.Locator("#hide").GetByRole(AriaRole.Button).ClickAsync();
        await page.ShowsWellAtAsync($"/proposals/{code}");
    }

    [Fact]
    public async Task A_channel_has_a_link_and_a_QR_code_and_its_proposals_are_counted()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await service.SignInAsync(page, Secretary);
        await page.GotoAsync("/staff/channels");
        await page.GetByRole(AriaRole.Button, new() { Name = "Crear el canal" }).ClickAsync();
        Assert.Equal(2, await page.Locator(".error-summary li").CountAsync());
        await page.ShowsWellAsync();
        await page.GetByLabel("Tipo").SelectOptionAsync("Otro");
        await page.GetByLabel("Nombre").FillAsync("Feria de Chiriquí");
        await page.GetByRole(AriaRole.Button, new() { Name = "Crear el canal" }).ClickAsync();
        Assert.Equal(1, await page.Locator("svg.qr").CountAsync());
        await page.ShowsWellAsync("channel-320");
        Assert.EndsWith("/staff/channels/FERIA-DE-CHIRIQUI", page.Url, StringComparison.Ordinal);

        foreach (var via in new[] { "FERIA-DE-CHIRIQUI", "feria-de-chiriqui", "NO-EXISTE", "<x>'" })
        {
            await page.GotoAsync($"/proposals/new?via={Uri.EscapeDataString(via)}&lang=es");
            await page.GetByLabel("Temática que propone").FillAsync($"Por la feria {via.Length}");
            await page.GetByLabel("¿Por qué es importante?").FillAsync("Lo vi en un afiche");
            await page.GetByLabel("Acepto que mi propuesta").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
            await page.ShowsWellAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Enviar" }).ClickAsync();
            Assert.NotEmpty(await page.Locator(".code-large").InnerTextAsync());
        }
        await page.GotoAsync("/staff/channels");
        await Shots.TakeAsync(page, "channels-320");
        await page.GetByRole(AriaRole.Link, new() { Name = "2 de Feria de Chiriquí" }).ClickAsync();
        Assert.StartsWith("Propuestas: 2 de ", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_sees_similar_proposals_before_sending_and_may_send_anyway()
    {
        var code = await SendAsync("Bibliotecas de barrio en Chitré", "Las bibliotecas de barrio de Chitré cierran a mediodía y los estudiantes no tienen dónde leer");
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320);
        await page.GotoAsync("/proposals/new?lang=es");
        await page.GetByLabel("Temática que propone").FillAsync("Bibliotecas para los barrios de Chitré");
        await page.GetByLabel("¿Por qué es importante?").FillAsync("Las bibliotecas de los barrios de Chitré cierran a mediodía y no hay dónde leer");
        await page.GetByLabel("Acepto que mi propuesta").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        Assert.Equal($"/proposals/{code}", await page.Locator("section a").GetAttributeAsync("href"));
        await Shots.TakeAsync(page, "similar-320");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar de todos modos" }).ClickAsync();
        Assert.NotEmpty(await page.Locator(".code-large").InnerTextAsync());
    }

    [Fact]
    public async Task Readers_get_the_list_without_what_leads_to_a_person_and_formulas_are_made_safe()
    {
        var code = await SendAsync("=HYPERLINK(\"http://x\")", "Fórmula");
        using var secretary = await service.SignInAsync(Secretary);
        using var reader = await service.SignInAsync(Reader);

        var full = Encoding.UTF8.GetString(await secretary.GetByteArrayAsync("/staff/exports/proposals?q=formula"));
        var brief = Encoding.UTF8.GetString(await reader.GetByteArrayAsync("/staff/exports/proposals?q=formula"));

        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")\"", full, StringComparison.Ordinal);
        Assert.Contains("vecina@example.org", full, StringComparison.Ordinal);
        Assert.Contains(code, brief, StringComparison.Ordinal);
        Assert.DoesNotContain("vecina@example.org", brief, StringComparison.Ordinal);
        Assert.DoesNotContain("vecina@example.org", await reader.GetStringAsync($"/staff/proposals/{code}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync($"/staff/proposals/{code}", Form(("action", "hide"), ("reason", "x")))).StatusCode);
    }

    private async Task<string> SendAsync(string title, string problem)
    {
        var answer = await service.Http.PostAsJsonAsync("/api/proposals", new { title, problem, consent = true, author = new { email = "vecina@example.org" } });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }
}
