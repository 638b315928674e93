using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpenGov.Functions.Files;
using OpenGov.Functions.Staff.Intake;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Staff;

/// <summary>Staff at a nota: paper, more time, another holder, an end; on a phone, and two at once.</summary>
public sealed class NotaConsoleTests(OctoberService service, TestBrowser browser) : IClassFixture<OctoberService>, IAsyncLifetime
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    /// <summary>A mailbox gets only so many sign-in links an hour.</summary>
    public async ValueTask InitializeAsync() => await service.AdvanceByAsync("PT61M");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task A_signed_nota_is_entered_on_its_page_and_what_was_typed_survives_an_error(int width)
    {
        var (code, commitment) = ($"NA{width}", $"N-{width}");
        var (page, id) = await OpenAsync(width, code, commitment);
        await page.GetByText("Registrar una nota firmada").First.ClickAsync();
        await page.ShowsWellAsync();
        await page.GetByLabel("Escaneo de la nota firmada").SetInputFilesAsync(new FilePayload { Name = "nota.pdf", MimeType = "application/pdf", Buffer = Scans.Pdf() });
        await page.Locator($"#items-{commitment}-choice-not-viable").CheckAsync();
        await page.Locator($"#items-{commitment}-reasons").FillAsync("Sin presupuesto.");
        await page.Locator($"#items-{commitment}-counterproposal").FillAsync("Un plan piloto.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar la nota firmada" }).ClickAsync();

        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync($"nota-error-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Escriba el día en que se recibió" }).ClickAsync();
        Assert.Equal("Sin presupuesto.", await page.Locator($"#items-{commitment}-reasons").InputValueAsync());
        await page.GetByLabel("Recibida el").FillAsync("2019-10-01");
        await page.Locator("#paper-answer-name").FillAsync("Ana Ríos");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrar la nota firmada" }).ClickAsync();

        // The scan that came with the first try is still there.
        await Assertions.Expect(page.GetByText("La nota firmada quedó registrada")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Un plan piloto.")).ToBeVisibleAsync();
        await page.ShowsWellAsync();
        await Shots.TakeAsync(page, $"nota-paper-{width}");
        using var antai = await service.SignInAsync();
        var scan = await antai.GetAsync(await page.GetByRole(AriaRole.Link, new() { Name = "Descargar el escaneo" }).GetAttributeAsync("href"), cancel);
        Assert.Equal(Scans.Pdf(), await scan.Content.ReadAsByteArrayAsync(cancel));
        Assert.Equal("paper", (await NotaAsync(id)).GetProperty("answers")[0].GetProperty("channel").GetString());
    }

    [Fact]
    public async Task An_extension_a_reissue_and_an_annulment_are_done_with_their_reasons_and_read_in_the_course()
    {
        var (page, id) = await OpenAsync(320, "NB", "N-02");
        await page.GetByText("Prorrogar el plazo").ClickAsync();
        await page.Locator("#extend-due").FillAsync("2019-10-18");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prorrogar", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Escriba la razón." }).ClickAsync();
        Assert.Equal("2019-10-18", await page.Locator("#extend-due").InputValueAsync());
        await page.Locator("#extend-reason").FillAsync("Lo pidió el despacho.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prorrogar", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("El plazo quedó prorrogado")).ToBeVisibleAsync();

        await page.GetByText("Reemitir a quien ocupa el despacho").ClickAsync();
        await page.Locator("#reissue-due").FillAsync("2019-09-02");
        await page.Locator("#reissue-reason").FillAsync("El enlace se perdió.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reemitir", Exact = true }).ClickAsync();
        await page.Locator("#reissue-due").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reemitir", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("La nota se reemite")).ToBeVisibleAsync();

        await page.GetByText("Anular la nota").First.ClickAsync();
        await page.Locator("#annul-reason").FillAsync("Se envió por error.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anular la nota" }).ClickAsync();
        await Assertions.Expect(page.GetByText("La nota quedó anulada")).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("main form").CountAsync());
        var course = await page.Locator(".timeline").InnerTextAsync();
        foreach (var said in new[] { "Lo pidió el despacho.", "El enlace se perdió.", "Se envió por error.", Organiser })
        {
            Assert.Contains(said, course, StringComparison.Ordinal);
        }
        await page.ShowsWellAsync();
        await Shots.TakeAsync(page, "nota-annulled-320");
        Assert.Equal("annulled", (await NotaAsync(id)).GetProperty("state").GetString());
        var told = await service.MailsAsync(MailboxOf("NB"), 4);
        Assert.Contains("anulada", told[0].GetProperty("subject").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_acts_on_what_another_has_changed_sees_who_did_what_and_keeps_what_was_typed()
    {
        var (page, id) = await OpenAsync(1280, "NC", "N-03");
        using var other = await service.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync($"/api/staff/requests/{id}/extend", StaffSignIn.Form(("due", "2019-10-25"), ("reason", "Hubo feriado."), ("seen", "0")), cancel)).StatusCode);
        await page.GetByText("Anular la nota").First.ClickAsync();
        await page.Locator("#annul-reason").FillAsync("Ya no hace falta.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anular la nota" }).ClickAsync();

        var warning = await page.GetByRole(AriaRole.Alert).InnerTextAsync();
        Assert.Contains("no se hizo nada", warning, StringComparison.Ordinal);
        Assert.Contains("Hubo feriado.", warning, StringComparison.Ordinal);
        Assert.Contains(Organiser, warning, StringComparison.Ordinal);
        Assert.Equal("Ya no hace falta.", await page.Locator("#annul-reason").InputValueAsync());
        await page.ShowsWellAsync();
        await Shots.TakeAsync(page, "nota-overtaken-1280");
        Assert.Equal("sent", (await NotaAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_paper_and_a_code_in_the_same_minute_are_both_recorded_and_the_paper_stands()
    {
        using var antai = await service.SignInAsync();
        var dispatch = await SendAsync(service, new(2019, 10, 11), "N-04: ND");
        var link = await LinkAsync(service, "ND");
        await PostAsync(service, link, Answer("N-04", "approve"));
        var code = await CodeAsync(service, "ND");
        using var paper = new MultipartFormDataContent();
        foreach (var (field, value) in Answer("N-04", "not-viable", ("reasons", "Sin presupuesto."), ("counterproposal", "Un plan piloto.")).Append(("received", "2019-10-01")))
        {
            paper.Add(new StringContent(value), field);
        }
        var scan = new ByteArrayContent(Scans.Pdf());
        scan.Headers.ContentType = new("application/pdf");
        paper.Add(scan, "scan", "nota.pdf");
        var answers = await Task.WhenAll(antai.PostAsync($"/api/staff/requests/{dispatch.Notas[0].Id}/paper-answer", paper, cancel), ConfirmAsync(service, link, code));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.SeeOther], answers.Select(answer => answer.StatusCode));
        var nota = await NotaAsync(dispatch.Notas[0].Id);
        Assert.Equal(["link", "paper"], nota.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("channel").GetString()!).Order());
        Assert.Equal("not-viable", nota.GetProperty("items")[0].GetProperty("choice").GetString());
    }

    [Fact]
    public async Task A_code_that_was_waiting_when_the_holder_changed_confirms_nothing()
    {
        using var antai = await service.SignInAsync();
        var dispatch = await SendAsync(service, new(2019, 10, 11), "N-05: NE");
        var link = await LinkAsync(service, "NE");
        await PostAsync(service, link, Answer("N-05", "approve"));
        var code = await CodeAsync(service, "NE");
        var changed = await antai.PostAsJsonAsync("/api/staff/institutions/NE/holder", new { title = "Ministra", name = "Entrante", mailbox = MailboxOf("NE") }, cancel);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await service.MailsAsync(MailboxOf("NE"), 3);

        Assert.Equal(HttpStatusCode.NotFound, (await ConfirmAsync(service, link, code)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, await LinkAsync(service, "NE"), code)).StatusCode);
        Assert.Equal(0, (await NotaAsync(dispatch.Notas[0].Id)).GetProperty("answers").GetArrayLength());
    }

    [Fact]
    public async Task The_list_narrows_to_what_staff_look_for_and_a_reader_may_only_look()
    {
        await OpenAsync(320, "NF", "N-06");
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await service.SignInAsync(page, StaffSignIn.Reader);
        await page.GotoAsync("/staff/requests?institution=NF");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 de" })).ToBeVisibleAsync();
        await page.ShowsWellAsync();
        await Shots.TakeAsync(page, "notas-320");
        await page.GetByLabel("Situación").SelectOptionAsync("Annulled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mostrar" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nada corresponde")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Quitar los filtros" }).ClickAsync();
        await page.GetByRole(AriaRole.Row, new() { Name = "Institución NF" }).GetByRole(AriaRole.Link).ClickAsync();
        Assert.Equal(0, await page.Locator("main form").CountAsync());
        await page.ShowsWellAsync();
    }

    private async Task<(IPage Page, string Id)> OpenAsync(int width, string code, string commitment)
    {
        var id = (await SendAsync(service, new(2019, 10, 11), $"{commitment}: {code}")).Notas[0].Id;
        await LinkAsync(service, code);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync($"/staff/requests/{id}");
        return (page, id);
    }

    private async Task<JsonElement> NotaAsync(string id) => (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", cancel)).GetProperty("items").EnumerateArray()
        .Single(nota => nota.GetProperty("number").GetString()!.EndsWith(id, StringComparison.Ordinal));
}
