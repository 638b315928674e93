using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Staff.Notas;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.StaffSignIn;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Staff;

/// <summary>What touches many at once shows whom, and what follows, before it is done; and leads back to the list that it came from.</summary>
public sealed partial class BulkPreviewTests(OctoberService service, TestBrowser browser) : IClassFixture<OctoberService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closing_a_round_shows_who_is_silent_and_what_follows_and_then_presenting_shows_who_is_told()
    {
        var round = (await SendAsync(service, new(2019, 10, 2), "B-01: BA, BB", "B-02: BC, BD", "B-03: BD, BA")).Round;
        foreach (var (office, answers) in new[] { ("BA", Answer("B-01", "approve").Concat(Answer("B-03", "approve"))), ("BD", Answer("B-02", "approve").Concat(Answer("B-03", "approve"))) })
        {
            var link = await LinkAsync(service, office);
            Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, [.. answers.DistinctBy(field => field.Name)])).StatusCode);
            await ConfirmAsync(service, link, await CodeAsync(service, office));
        }
        using var staff = await service.SignInAsync();
        Assert.Contains("Podrá cerrarse cuando termine el plazo", await staff.ReadAsync($"/staff/rounds/validation-{round}"), StringComparison.Ordinal);

        await service.AdvanceToAsync("2019-10-03T09:00");
        using var organiser = await service.SignInAsync();
        var preview = Spaces().Replace(await organiser.ReadAsync($"/staff/rounds/validation-{round}?group=Silent&sort=due"), " ");
        foreach (var said in new[]
        {
            "Notas sin respuesta: 2; respondidas: 2", "Institución BB", "Institución BC", "para los compromisos que cambian: 2",
            "Compromiso B-01: BB deja de apoyarlo. Pasa a: <span class=\"tag choice-approve\">validado", "Compromiso B-02: BC, responsable, no respondió. Pasa a: <span class=\"tag no-answer\">bloqueado",
        })
        {
            Assert.Contains(said, preview, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("B-03", preview, StringComparison.Ordinal);
        Assert.Equal([CommitmentState.Asked, CommitmentState.Asked, CommitmentState.Validated], await StatesAsync());
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync($"/staff/rounds/validation-{round}", "round-closing");

        var closed = await organiser.PostAsync("/staff/requests?group=Silent&sort=due", Form(("close", $"validation-{round}")), cancel);
        Assert.Equal("/staff/requests?group=Silent&sort=due&closed=1", closed.Headers.Location!.ToString());
        Assert.Equal([CommitmentState.Validated, CommitmentState.Blocked, CommitmentState.Validated], await StatesAsync());
        Assert.Contains("Cerrada el", await organiser.ReadAsync($"/staff/rounds/validation-{round}"), StringComparison.Ordinal);

        // What was looked at is not what would be presented any more: nothing is.
        var presenting = await organiser.ReadAsync("/staff/present-commitments?state=Validated");
        Assert.Contains("Compromisos que se presentan: 2; personas que reciben un correo: 0", presenting, StringComparison.Ordinal);
        var overtaken = await organiser.PostAsync("/staff/present-commitments?state=Validated", Form(("seen", "0123456789abcdef")), cancel);
        Assert.Equal(HttpStatusCode.Conflict, overtaken.StatusCode);
        await page.ShowsWellAtAsync("/staff/present-commitments", "presenting");
        var presented = await organiser.PostAsync("/staff/present-commitments?state=Validated", Form(("seen", Seen().Match(presenting).Groups[1].Value)), cancel);
        Assert.Equal("/staff/commitments?state=Validated&presented=2", presented.Headers.Location!.ToString());
        Assert.Contains("No hay nada por presentar", await organiser.ReadAsync("/staff/present-commitments"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/staff/rounds/validation-99", HttpStatusCode.NotFound)]
    [InlineData("/staff/rounds/nonsense", HttpStatusCode.NotFound)]
    [InlineData("/staff/rounds/nonsense-1", HttpStatusCode.NotFound)]
    public async Task A_round_that_there_is_not_is_not_closed(string path, HttpStatusCode status)
    {
        using var staff = await service.SignInAsync();
        Assert.Equal(status, (await staff.GetAsync(path, cancel)).StatusCode);
    }

    [Fact]
    public async Task Only_an_organiser_looks_at_what_only_an_organiser_does()
    {
        using var secretary = await service.SignInAsync(Secretary);
        foreach (var path in new[] { "/staff/rounds/validation-1", "/staff/present-commitments" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync(path, cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task Several_offices_get_more_time_at_once_and_what_cannot_be_given_is_said_before()
    {
        var notas = (await SendAsync(service, new(2019, 10, 11), "E-01: EA, EB, EC")).Notas;
        await LinkAsync(service, "EC");
        using var staff = await service.SignInAsync();
        await staff.DoneAsync($"/staff/requests/{notas[2].Id}", ("act", "annul"), ("reason", "Se envió por error."));
        const string Path = "/staff/several-notas?q=institucion+e&sort=number";
        (string, string)[] chosen = [.. notas.Select(nota => ("nota", nota.Id)), ("due", "2019-10-18"), ("reason", "Lo pidieron los despachos.")];

        var wrong = await staff.RefusedAsync(Path, [.. chosen, ("act", ""), ("step", "preview")]);
        Assert.Contains("Elija qué hacer", wrong, StringComparison.Ordinal);
        Assert.Contains("Lo pidieron los despachos.", wrong, StringComparison.Ordinal);
        Assert.Equal(2, CheckedMarks().Count(wrong));

        var looked = await staff.PostAsync(Path, Form([.. chosen, ("act", "extend"), ("step", "preview")]), cancel);
        var preview = await looked.ReadAsync();
        Assert.Contains("Notas que se prorrogan: 2, hasta el viernes 18 de octubre de 2019", preview, StringComparison.Ordinal);
        Assert.Contains("Quedan como están: 1", preview, StringComparison.Ordinal);
        Assert.Equal(["2019-10-11", "2019-10-11", "2019-10-11"], await DueAsync(staff, notas));

        var done = await staff.PostAsync(Path, Form([.. HiddenFields().Matches(preview).Select(field => (field.Groups[1].Value, field.Groups[2].Value))]), cancel);
        Assert.Equal("/staff/requests?q=institucion+e&sort=number&acted=2&left=0", done.Headers.Location!.ToString());
        Assert.Equal(["2019-10-18", "2019-10-18", "2019-10-11"], await DueAsync(staff, notas));
        Assert.Contains("Notas cambiadas: 2.", await staff.ReadAsync(done.Headers.Location!.ToString()), StringComparison.Ordinal);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/requests?q=institucion+e&sort=number");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Checkbox, new() { Name = "Marcar Nota" }).First.CheckAsync();
        await page.GetByText("Prorrogar o anular las notas marcadas").PressAsync("Enter");
        await page.Locator("#act").SelectOptionAsync("annul");
        await page.Locator("#reason").FillAsync("Ya no hace falta.");
        await page.ShowsWellAsync("several-notas");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Revisar antes de hacerlo" }).ClickAsync();
        await page.ShowsWellAsync("several-notas-preview");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Anular 1" }).ClickAsync();
        Assert.Contains("Notas cambiadas: 1.", await page.GetByRole(Microsoft.Playwright.AriaRole.Status).First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extend", "2019-10-18", "Porque sí.", "001-2019")]
    [InlineData("annul", "", "Porque sí.", "001-2019")]
    [InlineData("annul", "no es un día", "Porque sí.", "001-2019")]
    [InlineData("extend", "", "Porque sí.", "001-2019", "due DueMissing")]
    [InlineData("extend", "18/10/2019", "Porque sí.", "001-2019", "due DueMissing")]
    [InlineData("extend", "2019-09-30", "Porque sí.", "001-2019", "due ActFault-DuePassed")]
    [InlineData("reissue", "2019-10-18", "Porque sí.", "001-2019", "act ActMissing")]
    [InlineData("", "", " ", "", "notas NothingMarked", "act ActMissing", "reason ActFault-ReasonMissing")]
    public void What_is_wrong_with_an_act_on_several_notas_is_said_at_its_field(string act, string due, string reason, string nota, params string[] faults) =>
        Assert.Equal(faults, new TypedActs(act, due, reason, nota.Length == 0 ? [] : [nota]).FaultsOn(new(2019, 10, 1)).Select(fault => $"{fault.Field} {fault.Text}"));

    [Fact]
    public async Task Of_many_commitments_those_of_the_page_or_all_that_are_to_be_asked_go_to_a_preview()
    {
        using var staff = await service.SignInAsync();
        var rows = string.Join('\n', Enumerable.Range(1, 60).Select(n => $"L-{n:D2},Largo {n},Larga,Texto.,MEF,"));
        foreach (var (what, csv) in new[]
        {
            ("institutions", "code,name,authorityTitle,officeMailbox,secretariatMailbox\nMEF,Ministerio de Economía y Finanzas,Ministro/a,mef@example.org,sg@example.org"),
            ("commitments", $"number,title,theme,text,lead,supporting\n{rows}"),
        })
        {
            (await staff.PostAsync($"/api/staff/import/{what}", new StringContent(csv, Encoding.UTF8, "text/csv"), cancel)).EnsureSuccessStatusCode();
        }
        const string Found = "/staff/commitments?q=largo&sort=title";
        Assert.Equal(50, Marks().Count(await staff.ReadAsync(Found)));

        async Task<string> PreviewAsync(params (string, string)[] fields)
        {
            var answer = await staff.PostAsync(Found, Form([("due", "2019-10-25"), .. fields]), cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.ReadAsync();
        }
        Assert.Contains("Se enviará 1 nota sobre 60 compromisos", await PreviewAsync(("step", "preview-all")), StringComparison.Ordinal);
        var some = await PreviewAsync(("step", "preview"), ("commitment", "L-01"), ("commitment", "L-60"));
        Assert.Contains("Se enviará 1 nota sobre 2 compromisos", some, StringComparison.Ordinal);
        Assert.Contains("action=\"/staff/commitments?q=largo&sort=title\"", some, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string?>> DueAsync(HttpClient staff, IReadOnlyList<DispatchedNota> notas)
    {
        var all = (await staff.GetFromJsonAsync<JsonElement>("/api/staff/requests", cancel)).GetProperty("items").EnumerateArray().ToDictionary(nota => nota.GetProperty("id").GetString()!);
        return notas.Select(nota => all[nota.Id].GetProperty("due").GetString());
    }

    private async Task<IEnumerable<CommitmentState>> StatesAsync() =>
        (await service.Services.GetRequiredService<ConsolidatedCommitments>().ListAsync(await service.Services.GetRequiredService<CurrentCycle>().GetAsync(cancel), cancel))
            .Where(one => one.Number.StartsWith("B-", StringComparison.Ordinal)).Select(one => one.Standing.State);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("name=\"seen\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Seen();

    [GeneratedRegex("type=\"checkbox\" name=\"nota\"[^>]* checked")]
    private static partial Regex CheckedMarks();

    [GeneratedRegex("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenFields();

    [GeneratedRegex("type=\"checkbox\" name=\"commitment\"")]
    private static partial Regex Marks();
}
