using Microsoft.Playwright;

namespace OpenGov.Functions.Proposals;

public sealed class ProposalFormTests(TestService service, TestBrowser browser) : IClassFixture<TestService>
{
    [Fact]
    public async Task A_citizen_on_a_phone_without_JavaScript_and_without_an_address_proposes_and_gets_a_code_to_print()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320);
        await page.GotoAsync("/?lang=es");
        await page.GetByRole(AriaRole.Link, new() { Name = "Proponer una temática" }).ClickAsync();
        await page.GetByLabel("Temática que propone").FillAsync("Agua <script>alert(1)</script> para Ngäbe-Buglé");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();

        Assert.Equal("Explique por qué es importante", await page.Locator("#problem-error").InnerTextAsync());
        Assert.Equal("Agua <script>alert(1)</script> para Ngäbe-Buglé", await page.GetByLabel("Temática que propone").InputValueAsync());

        await page.GetByLabel("¿Por qué es importante?").FillAsync("\nFalta agua.\nDesde hace años.");
        await page.GetByLabel("Acepto que mi propuesta").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cambiar" }).ClickAsync();
        Assert.Contains("Desde hace años.", await page.GetByLabel("¿Por qué es importante?").InputValueAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar propuesta" }).ClickAsync();

        var code = await page.Locator(".code-large").InnerTextAsync();
        Assert.NotNull(ProposalCode.Read(code));
        Assert.Equal("Agua <script>alert(1)</script> para Ngäbe-Buglé", await page.Locator("h1").InnerTextAsync());
        await page.GotoAsync($"/proposals?q={code.ToLowerInvariant()}");
        Assert.Equal(1, await page.Locator(".list > li").CountAsync());
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_proposal()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!);
        await page.GotoAsync("/proposals/new?lang=es");
        await page.GetByLabel("Temática que propone").FillAsync("Doble clic");
        await page.GetByLabel("¿Por qué es importante?").FillAsync("Se envía dos veces");
        await page.GetByLabel("Acepto que mi propuesta").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar antes de enviar" }).ClickAsync();
        var fields = await page.Locator("input[type=hidden]").EvaluateAllAsync<string[][]>("inputs => inputs.map(input => [input.name, input.value])");
        HttpContent Sent() => new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field[0], field[1])).Append(KeyValuePair.Create("step", "send")));

        var first = await service.Http.PostAsync("/proposals/new", Sent());
        var second = await service.Http.PostAsync("/proposals/new", Sent());

        Assert.Equal(303, (int)first.StatusCode);
        Assert.Equal(first.Headers.Location!.ToString().Split('?')[0], second.Headers.Location!.ToString().Split('?')[0]);
    }
}
