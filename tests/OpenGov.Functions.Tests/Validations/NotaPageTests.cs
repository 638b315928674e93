using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Intake;
using Xunit;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Validations;

/// <summary>A secretary on a phone without JavaScript; staff who send, follow and close a round.</summary>
public sealed class NotaPageTests(OctoberService service, TestBrowser browser) : IClassFixture<OctoberService>
{
    private const int Phone = 320;

    [Fact]
    public async Task A_secretary_prepares_the_answer_on_a_phone_without_script_and_the_office_confirms_it()
    {
        await SendAsync(service, new(2019, 10, 11), "P-01: PP1, PP2", "P-02: PP1");
        var page = await browser.OpenAsync(service.Http.BaseAddress!, Phone);
        await page.GotoAsync($"/r?t={await LinkAsync(service, "PP1")}&lang=es");
        await page.Locator("#items-P-01-choice-not-viable").CheckAsync();
        await page.Locator("#items-P-01-reasons").FillAsync("No hay fondos este año.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar y pedir el código" }).ClickAsync();

        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal("No hay fondos este año.", await page.Locator("#items-P-01-reasons").InputValueAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Contrapropuesta: falta este texto para P-01." }).ClickAsync();
        await page.Locator("#items-P-01-counterproposal").FillAsync("Un plan piloto.");
        await page.Locator("#items-P-02-choice").CheckAsync();
        await page.GetByLabel("Nombre de quien responde").FillAsync("Ana Ríos");
        await page.GetByLabel("Cargo o despacho", new() { Exact = true }).FillAsync("Secretaría");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar y pedir el código" }).ClickAsync();

        await page.GetByLabel("Código de seis dígitos").FillAsync(await CodeAsync(service, "PP1"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirmar la respuesta" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Respuesta registrada" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Un plan piloto.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task Every_state_of_a_nota_is_accessible_and_fits_a_small_phone(string language)
    {
        var code = $"QQ{language.ToUpperInvariant()}";
        await SendAsync(service, new(2019, 10, 11), $"Q-{code}: {code}");
        var link = await LinkAsync(service, code);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, Phone, script: true);
        await page.ShowsWellAtAsync($"/r?t={link}&lang={language}");
        await page.Locator($"#items-Q-{code}-choice-not-viable").CheckAsync();
        await page.Locator("main form button").First.ClickAsync();
        await page.ShowsWellAsync();
        await PostAsync(service, link, Answer($"Q-{code}", "not-viable", ("reasons", "Motivo"), ("counterproposal", "Otra")));
        await page.ShowsWellAtAsync($"/r?t={link}");
        await page.ShowsWellAtAsync($"/r?t={link}&change=1");
        await ConfirmAsync(service, link, await CodeAsync(service, code));
        await page.ShowsWellAtAsync($"/r?t={link}");
        await page.ShowsWellAtAsync("/r?t=nothing");
        await page.ShowsWellAtAsync("/requests");
        await page.Locator("summary").First.ClickAsync();
        await page.ShowsWellAsync();
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task What_staff_did_to_a_nota_reads_well_on_its_page_and_in_public_on_a_small_phone(string language)
    {
        var code = $"SS{language.ToUpperInvariant()}";
        var id = (await SendAsync(service, new(2019, 10, 11), $"S-{code}: {code}")).Notas[0].Id;
        var (acts, cancel) = (service.Services.GetRequiredService<ActOnRequest>(), TestContext.Current.CancellationToken);
        var link = await LinkAsync(service, code);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, Phone, script: true);
        await page.GotoAsync($"/r?t={link}&lang={language}");
        await page.Locator("summary").Last.ClickAsync();
        await page.Locator("#delegate-email").FillAsync("nadie");
        await page.Locator("main form button").Last.ClickAsync();
        await page.ShowsWellAsync();
        await page.Locator("#delegate-name").FillAsync("Luis Mora");
        await page.Locator("#delegate-office").FillAsync("Planificación");
        await page.Locator("#delegate-email").FillAsync("luis@example.org");
        await page.Locator("main form button").Last.ClickAsync();
        await page.Locator("#delegation-code").WaitForAsync();
        await page.ShowsWellAsync();

        Assert.IsType<Acting.Done>(await acts.ExtendAsync(id, new(2019, 10, 18), "Lo pidió el despacho.", "organiser-1", null, cancel));
        await page.ShowsWellAtAsync($"/r?t={link}");
        var scan = new PaperSource(new(2019, 10, 1), null, new string('a', 64), "organiser-1");
        var items = new[] { new ItemAnswer($"S-{code}", "not-viable", new Dictionary<string, string> { ["reasons"] = "Sin presupuesto.", ["counterproposal"] = "Un plan piloto." }) };
        Assert.IsType<Acting.Done>(await service.Services.GetRequiredService<RecordPaper>().RecordAsync(id, new PaperAnswer(items, "Ana Ríos", "Ministra", scan), null, cancel));
        await page.ShowsWellAtAsync($"/r?t={link}");
        await Shots.TakeAsync(page, $"r-paper-{language}");
        Assert.IsType<Acting.Done>(await acts.ReissueAsync(id, null, "Cambió la persona titular.", "organiser-1", null, cancel));
        await service.MailsAsync(MailboxOf(code), 5);
        await page.ShowsWellAtAsync($"/r?t={link}");
        link = await LinkAsync(service, code);
        await page.ShowsWellAtAsync($"/r?t={link}");
        await Shots.TakeAsync(page, $"r-reissued-{language}");
        Assert.IsType<Acting.Done>(await acts.AnnulAsync(id, "Se envió por error.", "organiser-1", null, cancel));
        await page.ShowsWellAtAsync($"/r?t={link}");
        await Shots.TakeAsync(page, $"r-annulled-{language}");
        await page.ShowsWellAtAsync($"/requests?institution={code}");
        await page.Locator("summary").First.ClickAsync();
        await page.ShowsWellAsync();
        await Shots.TakeAsync(page, $"public-{language}");
    }

    [Fact]
    public async Task Staff_import_commitments_preview_the_notas_send_them_and_follow_them()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, Phone, script: true);
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync("/staff/import");
        await page.GetByLabel("O pegue aquí las filas").FillAsync("number,title,theme,text,lead,supporting\nW-01,Datos,Transparencia,Publicar,MEF,AIG|NADIE");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar" }).ClickAsync();
        await Assertions.Expect(page.GetByText("no hay ninguna institución con el código NADIE")).ToBeVisibleAsync();
        await page.ShowsWellAsync();
        await page.GetByLabel("O pegue aquí las filas").FillAsync("number,title,theme,text,lead,supporting\nW-01,Datos,Transparencia,Publicar,MEF,AIG");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Importar las filas: 1" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Filas importadas: 1")).ToBeVisibleAsync();

        await page.ShowsWellAtAsync("/staff/commitments");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ver a quién se enviará" }).ClickAsync();
        await page.ShowsWellAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar las notas" }).ClickAsync();
        await LinkAsync(service, "MEF");
        await page.ShowsWellAtAsync("/staff/requests");
        await page.GetByRole(AriaRole.Row, new() { Name = "Ministerio de Economía y Finanzas" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.ShowsWellAsync();
        await Assertions.Expect(page.GetByText("despacho.mef@example.org", new() { Exact = true })).ToBeVisibleAsync();
    }
}
