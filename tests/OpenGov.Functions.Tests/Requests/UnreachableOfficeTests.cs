using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Requests;

public sealed class UnreachableService() : TestService("2019-08-01T09:00");

/// <summary>An institution without a mailbox, or whose holder is not known, when notas are to be sent.</summary>
public sealed class UnreachableOfficeTests(UnreachableService service, TestBrowser browser) : IClassFixture<UnreachableService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_no_mailbox_is_listed_with_the_reason_and_the_others_get_their_notas()
    {
        using var staff = await service.SignInAsync();
        await PutAsync(new Institution("SINB", "Instituto sin Buzón", new Office("Director/a General", ""), ""));
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "MEF", "AIG", "SINB");

        foreach (var (kind, details) in new[] { ("designation", ""), ("high-level-meeting", "2019-08-12 09:00") })
        {
            var asking = await staff.ReadAsync($"/staff/ask/{kind}");
            Assert.Contains("No se les puede enviar", asking, StringComparison.Ordinal);
            Assert.Contains("href=\"/staff/institutions/SINB\">Instituto sin Buzón</a>", asking, StringComparison.Ordinal);
            Assert.DoesNotContain("value=\"SINB\"", asking, StringComparison.Ordinal);
            Assert.Contains("sin titular registrado: se dirige al cargo", asking, StringComparison.Ordinal);

            var named = await staff.PostAsJsonAsync("/api/staff/requests", new { kind, details, due = "2019-08-30", to = new[] { "SINB", "MEF" } }, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, named.StatusCode);
            Assert.Contains("Estas instituciones no tienen un buzón registrado: SINB.", await named.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

            var all = await staff.PostAsJsonAsync("/api/staff/requests", new { kind, details, due = "2019-08-30" }, Cancel);
            Assert.Equal(HttpStatusCode.Accepted, all.StatusCode);
            Assert.Equal(["AIG", "MEF"], (await all.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("requests").EnumerateArray().Select(nota => nota.GetProperty("institution").GetString()).Order());
            Assert.Contains("Instituto sin Buzón", await staff.ReadAsync($"/staff/ask/{kind}"), StringComparison.Ordinal);
        }
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync("/staff/ask/designation", "unreachable-asking");
    }

    [Fact]
    public async Task Commitments_of_an_institution_without_a_mailbox_wait_and_the_others_are_asked_about()
    {
        using var staff = await service.SignInAsync();
        await PutAsync(new Institution("MUDO", "Instituto Mudo", new Office("Director/a General", ""), ""));
        await PutAsync(new CommitmentProposal("U-01", "Con buzón", "Datos abiertos", "Publicar.", "MEF", ["AIG"], []));
        await PutAsync(new CommitmentProposal("U-02", "Sin buzón", "Datos abiertos", "Publicar.", "MEF", ["MUDO"], []));

        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/commitments");
        await page.Locator("#due").FillAsync("2019-08-30");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Ver a quién se enviará" }).ClickAsync();
        await page.ShowsWellAsync("unreachable-commitments");
        var preview = await page.Locator("section[aria-labelledby=preview]").InnerTextAsync();
        Assert.Contains("U-02: Instituto Mudo", preview, StringComparison.Ordinal);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Enviar las notas" }).ClickAsync();
        await LinkAsync(service, "MEF");

        var notas = await staff.ReadAsync("/api/staff/requests");
        Assert.Contains("U-01", notas, StringComparison.Ordinal);
        Assert.DoesNotContain("U-02", notas, StringComparison.Ordinal);
        Assert.Contains("Estas instituciones no tienen un buzón registrado: MUDO.", await staff.RefusedAsync("/staff/commitments", ("commitment", "U-02"), ("due", "2019-08-30"), ("step", "preview")), StringComparison.Ordinal);
        var asked = await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "U-02" }, due = "2019-08-30" }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains("no tienen un buzón registrado: MUDO", await asked.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_asks_for_the_mailbox_and_takes_an_office_whose_holder_is_not_known()
    {
        using var staff = await service.SignInAsync();
        var wrong = await staff.PostAsJsonAsync("/api/staff/import/institutions", new[] { Row("NUEVA", ""), Row("OTRA", "otra@example.org") }, Cancel);

        var error = Assert.Single((await wrong.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").EnumerateArray());
        Assert.Equal((1, "officeMailbox", "Falta «correo del despacho»."), (error.GetProperty("row").GetInt32(), error.GetProperty("field").GetString(), error.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await staff.PostAsJsonAsync("/api/staff/import/institutions?partial=true", new[] { Row("NUEVA", ""), Row("OTRA", "otra@example.org") }, Cancel)).StatusCode);
        Assert.Contains("Otra", await staff.ReadAsync("/staff/institutions/OTRA"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("/staff/institutions/NUEVA", Cancel)).StatusCode);
    }

    private static object Row(string code, string mailbox) =>
        new { code, name = $"Institución Otra {code}", authorityTitle = "Ministro/a", officeMailbox = mailbox, secretariatMailbox = "secretaria@example.org" };

    private async Task PutAsync(Institution institution) => await PutAsync(Tables.Institutions, InstitutionStore.PartitionOf(await CycleAsync()), InstitutionStore.RowOf(institution.Code), institution);

    private async Task PutAsync(CommitmentProposal commitment) => await PutAsync(Tables.Commitments, CommitmentStore.PartitionOf(await CycleAsync()), CommitmentStore.RowOf(commitment.Number), commitment);

    private Task<CommitResult> PutAsync<T>(string table, string partition, string row, T record) =>
        service.Services.GetRequiredService<Ledger>().CommitAsync(new Change(table, partition).Put(row, record), Cancel);

    private ValueTask<Cycle> CycleAsync() => service.Services.GetRequiredService<CurrentCycle>().GetAsync(Cancel);
}
