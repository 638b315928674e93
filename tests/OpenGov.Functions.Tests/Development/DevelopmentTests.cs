using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Development;

/// <summary>Activities 5, 9, 11 and 12: from a table's draft to a commitment that is presented and developed.</summary>
public sealed class DevelopmentTests(TablesService service, TestBrowser browser) : IClassFixture<TablesService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_of_a_table_is_validated_presented_to_its_authors_and_developed_by_the_liaisons()
    {
        using var staff = await service.SignInAsync();
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "MEF", "AIG");

        // Activity 9: the table, and what it drafts.
        await staff.DoneAsync("/staff/meetings", Meeting("Table", "co-creation-tables", "Mesa de datos abiertos", "2019-09-18", ("theme", "T-01")));
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/drafts?theme=T-01&table=R-001");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await page.ShowsWellAsync("draft-errors");
        await page.Locator("#title").FillAsync("Presupuesto municipal en datos abiertos");
        await page.Locator("#text").FillAsync("Los municipios publicarán su presupuesto en formatos abiertos.");
        await page.Locator("#proposals").FillAsync(service.Proposal);
        await page.Locator("#lead").SelectOptionAsync("MEF");
        await page.Locator("#supporting-AIG").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await page.ShowsWellAsync("draft");
        Assert.EndsWith("/staff/commitments/C-01", page.Url, StringComparison.Ordinal);

        // Activity 5: one goes on from the plan before, and nobody is asked again.
        var imported = await staff.PostAsJsonAsync("/api/staff/import/commitments", new object[]
        {
            new { number = "C-20", title = "Portal de datos", theme = "Datos abiertos", text = "Seguir el portal.", lead = "AIG", continuedPlan = "Tercer Plan de Acción", continuedNumber = "7", completion = "limited" },
        }, Cancel);
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.PostAsJsonAsync("/api/staff/import/commitments", new object[]
        {
            new { number = "C-21", title = "Otro", theme = "Otra", text = "x", lead = "AIG", continuedPlan = "Tercer Plan de Acción", completion = "casi" },
        }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "C-20" }, due = "2019-10-11" }, Cancel)).StatusCode);

        // Activity 10, in short.
        await AskAsync(staff, new { kind = "validation", commitments = new[] { "C-01" }, due = "2019-10-11" });
        foreach (var institution in new[] { "MEF", "AIG" })
        {
            var nota = await LinkAsync(service, institution);
            Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, nota, Answer("C-01", "approve"))).StatusCode);
            Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, nota, await CodeAsync(service, institution))).StatusCode);
        }
        await page.GotoAsync("/staff/drafts/C-01");
        Assert.DoesNotContain("Guardar", await page.ContentAsync(), StringComparison.Ordinal);

        // Activity 11: presented, and the author is told once.
        await page.GotoAsync("/staff/commitments");
        await page.GetByText("Compromisos por presentar al público: 2").PressAsync("Enter");
        await page.ShowsWellAsync("present");
        Assert.Equal("Compromisos que se presentan: 2; personas que reciben un correo: 1", await page.Locator("#preview").InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Presentarlos ahora" }).ClickAsync();
        await page.ShowsWellAsync("presented");
        await staff.DoneAsync("/staff/present-commitments");
        var told = Assert.Single(await MailsAsync("ana@example.org", "Su propuesta llegó"));
        Assert.Contains("C-01", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("C-20", told.GetProperty("text").GetString(), StringComparison.Ordinal);

        // Activity 12: whoever works for the institution fills in, part by part; where no liaison is named, the authority.
        await AskAsync(staff, new { kind = "development", due = "2019-10-25" });
        var link = await DevelopmentLinkAsync("MEF");
        var early = await PostAsync(service, link, Answer("C-01", "develop", ("milestone-1", "Publicar"), ("starts-1", "2020-05-01"), ("ends-1", "2020-03-01"), ("deliverable-2", "Nada")));
        var wrong = await early.ReadAsync();
        Assert.Contains("el fin no puede ser anterior al inicio", wrong, StringComparison.Ordinal);
        Assert.Contains("escriba primero qué se hará", wrong, StringComparison.Ordinal);
        await page.GotoAsync($"/r?t={link}");
        await page.GetByText("Meta 1", new() { Exact = true }).ClickAsync();
        await page.ShowsWellAsync("development-form");
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, Answer(
            "C-01", "develop", ("problem", "No se conoce el gasto."), ("contribution", "Lo muestra."), ("starts", "2019-12-01"), ("ends", "2021-08-31"),
            ("milestone-1", "Publicar los presupuestos"), ("deliverable-1", "Conjunto de datos"), ("starts-1", "2020-01-01"), ("ends-1", "2020-12-31"), ("office-1", "Dirección de Presupuesto")))).StatusCode);
        var support = await DevelopmentLinkAsync("AIG");
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, support, [.. Answer("C-01", "develop", ("milestone-1", "Abrir la plataforma"), ("ends-1", "2020-06-30")), ("items[C-20].choice", "develop")])).StatusCode);

        await page.ShowsWellAtAsync("/staff/development", "development-list");
        await page.GetByRole(AriaRole.Link, new() { Name = "C-01" }).ClickAsync();
        Assert.Equal("Abrir la plataforma", await page.Locator("#milestone-1").InputValueAsync());
        await page.Locator("#values").FillAsync("Transparencia");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar y confirmar" }).ClickAsync();
        Assert.Contains("El producto, las fechas o la dependencia", await page.ContentAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("goals-errors");
        await page.Locator("#deliverable-1").FillAsync("Plataforma en línea");
        await page.Locator("#starts-1").FillAsync("2020-01-15");
        await page.Locator("#office-1").FillAsync("Dirección de Innovación");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar y confirmar" }).ClickAsync();
        await page.ShowsWellAsync("goals-confirmed");
        foreach (var language in new[] { "es", "en" })
        {
            await page.GotoAsync($"/commitments/C-01?lang={language}");
            Assert.Contains("Abrir la plataforma", await page.ContentAsync(), StringComparison.Ordinal);
            await page.ShowsWellAsync($"commitment-developed-{language}");
            await page.ShowsWellAtAsync($"/commitments/C-20?lang={language}", $"commitment-continued-{language}");
        }

        // A liaison who answers again is seen; nothing that staff settled is lost.
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, support, [.. Answer("C-01", "develop", ("milestone-1", "Abrir la plataforma"), ("ends-1", "2020-07-31")), ("items[C-20].choice", "develop")])).StatusCode);
        Assert.Contains("hay respuestas nuevas", await staff.ReadAsync("/staff/development"), StringComparison.Ordinal);
        Assert.Contains("Compromisos por confirmar: 1", await staff.ReadAsync("/staff/activities"), StringComparison.Ordinal);

        // No liaison is named: the nota is the authority's, and passes to the next one as every nota does.
        (await staff.PostAsJsonAsync("/api/staff/institutions/AIG/holder", new { title = "Administradora General", name = "Eva Mora" }, Cancel)).EnsureSuccessStatusCode();
        for (var tries = 0; tries < 100 && await LinkAsync(service, "AIG") == support; tries++)
        {
            await Task.Delay(100, Cancel);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/r?t={support}", Cancel)).StatusCode);
        Assert.Contains("Eva Mora", await service.Http.ReadAsync($"/r?t={await LinkAsync(service, "AIG")}"), StringComparison.Ordinal);
    }

    private static (string, string)[] Meeting(string kind, string activity, string title, string date, params (string, string)[] more) =>
        [("kind", kind), ("activity", activity), ("title", title), ("date", date), ("from", "09:00"), ("to", "12:00"), ("place", "Sede de la ANTAI"), .. more];

    private static async Task AskAsync(HttpClient staff, object asked) =>
        Assert.Equal(HttpStatusCode.Accepted, (await staff.PostAsJsonAsync("/api/staff/requests", asked, Cancel)).StatusCode);

    /// <summary>Once its own nota has come, after those of the validation.</summary>
    private async Task<string> DevelopmentLinkAsync(string institution)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await service.MailsAsync(MailboxOf(institution), 1)).Any(mail => Subject(mail).Contains("desarrollo", StringComparison.Ordinal)))
            {
                return await LinkAsync(service, institution);
            }
            await Task.Delay(100, Cancel);
        }
        throw new InvalidOperationException($"No nota of development came to {institution}.");
    }

    private async Task<IReadOnlyList<JsonElement>> MailsAsync(string mailbox, string subject)
    {
        for (var tries = 0; ; tries++)
        {
            var mails = (await service.MailsAsync(mailbox, 1)).Where(mail => Subject(mail).StartsWith(subject, StringComparison.Ordinal)).ToList();
            if (mails.Count > 0 || tries > 100)
            {
                return mails;
            }
            await Task.Delay(100, Cancel);
        }
    }
}
