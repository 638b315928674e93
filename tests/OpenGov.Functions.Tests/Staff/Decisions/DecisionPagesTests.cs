using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.StaffSignIn;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Staff.Decisions;

/// <summary>ANTAI decides on the institutions' answers, from the page of a commitment and by the API.</summary>
public sealed class DecisionPagesTests(OctoberService service, TestBrowser browser) : IClassFixture<OctoberService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_accept_a_counterproposal_on_a_phone_and_the_public_reads_the_new_text()
    {
        await RefusedAsync("P-01", "PA", "PB");
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/commitments?state=InReview");
        Assert.Contains("1 por decidir", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "P-01" }).ClickAsync();
        await page.GetByText("Aceptar la contrapropuesta").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Aceptar la contrapropuesta" }).ClickAsync();

        Assert.Contains("La contrapropuesta quedó aceptada.", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/commitments/P-01?lang=es");
        var text = await page.InnerTextAsync("main");
        Assert.Contains("Un plan piloto.", text[text.IndexOf("Texto vigente", StringComparison.Ordinal)..text.IndexOf("Qué dice", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_decision_is_said_at_its_field_and_nothing_is_recorded()
    {
        await RefusedAsync("P-02", "PC", "PD");
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/commitments/P-02");
        await page.GetByText("Devolver y consultar de nuevo").First.ClickAsync();
        await page.ShowsWellAsync();
        await page.Locator("#ask-again-PD-due").FillAsync("2019-09-30");
        await page.Locator("#ask-again-PD-reason").FillAsync("No guarda relación.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar la nota" }).ClickAsync();

        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "El plazo ya pasó" }).ClickAsync();
        Assert.Equal("No guarda relación.", await page.Locator("#ask-again-PD-reason").InputValueAsync());
        Assert.Equal(0, (await CommitmentAsync("P-02")).GetProperty("decisions").GetArrayLength());
        await page.Locator("#ask-again-PD-due").FillAsync("2019-10-18");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar la nota" }).ClickAsync();
        await Assertions.Expect(page.GetByText("La nota va en camino.")).ToBeVisibleAsync();
        await page.ShowsWellAsync();
    }

    [Fact]
    public async Task Of_two_members_who_decide_at_once_one_wins_and_the_other_sees_why()
    {
        await RefusedAsync("P-03", "PE", "PF");
        using var one = await service.SignInAsync();
        using var other = await service.SignInAsync();
        var asked = await OnAsync("P-03", "PF");
        var uphold = Form(asked, ("kind", "uphold"), ("reason", "No cuenta con fondos."));
        var accept = Form(asked, ("kind", "accept"), ("reason", "El piloto sirve."));
        var answers = await Task.WhenAll(one.PostAsync("/staff/commitments/P-03", uphold, cancel), other.PostAsync("/staff/commitments/P-03", accept, cancel));

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var lost = await answers.Single(answer => answer.StatusCode == HttpStatusCode.Conflict).ReadAsync();
        Assert.Contains("Algo cambió mientras usted decidía", lost, StringComparison.Ordinal);
        Assert.Contains(answers[0].StatusCode == HttpStatusCode.SeeOther ? "El piloto sirve." : "No cuenta con fondos.", lost, StringComparison.Ordinal);
        Assert.Equal(1, (await CommitmentAsync("P-03")).GetProperty("decisions").GetArrayLength());
    }

    [Fact]
    public async Task A_decision_sent_twice_is_taken_once_and_sends_one_nota()
    {
        await RefusedAsync("P-04", "PG", "PH");
        using var antai = await service.SignInAsync();
        var decision = await JsonAsync("P-04", "PH", new { kind = "replace", replacement = "PI", reason = "Le compete.", due = "2019-10-18" });
        var known = await antai.PostAsJsonAsync(
            "/api/staff/import/institutions",
            new[] { new { code = "PI", name = "Institución PI", authorityTitle = "Ministro/a", officeMailbox = MailboxOf("PI"), secretariatMailbox = "secretaria.pi@example.org" } }, cancel);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => antai.PostAsJsonAsync("/api/staff/commitments/P-04/decisions", decision, cancel)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await LinkAsync(service, "PI");
        Assert.Single(await service.MailsAsync(MailboxOf("PI"), 1));
        Assert.Equal(1, (await CommitmentAsync("P-04")).GetProperty("decisions").GetArrayLength());
    }

    [Fact]
    public async Task A_revised_text_is_asked_about_in_the_next_round_and_says_why()
    {
        await RefusedAsync("P-05", "PJ", "PK");
        using var antai = await service.SignInAsync();
        var revised = await antai.PostAsJsonAsync("/api/staff/commitments/P-05/decisions", new { kind = "revise", text = "Publicar cada trimestre.", reason = "Lo pidieron dos instituciones." }, cancel);
        Assert.Equal("in-review", (await revised.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("state").GetString());
        var round = await antai.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "P-05" }, due = "2019-10-25" }, cancel);
        Assert.Equal(HttpStatusCode.Accepted, round.StatusCode);

        // The first nota, its code, its confirmation, and the new nota.
        await service.MailsAsync(MailboxOf("PJ"), 4);
        var page = WebUtility.HtmlDecode(await service.Http.GetStringAsync($"/r?t={await LinkAsync(service, "PJ")}", cancel));
        Assert.Contains("Publicar cada trimestre.", page, StringComparison.Ordinal);
        Assert.Contains("Lo pidieron dos instituciones.", page, StringComparison.Ordinal);
        Assert.Equal("asked", (await CommitmentAsync("P-05")).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await antai.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "P-05" }, due = "2019-10-26" }, cancel)).StatusCode);
    }

    [Theory]
    [InlineData("""{"kind":"burn"}""", 400, "kind")]
    [InlineData("""{"kind":"withdraw"}""", 400, "reason")]
    [InlineData("""{"kind":"withdraw","reason":"\u0007 "}""", 400, "reason")]
    [InlineData("""{"kind":"revise","reason":"x","text":"Texto del compromiso P-06."}""", 400, "text")]
    [InlineData("""{"kind":"replace","institution":"PM","request":"1","hash":"x","reason":"x"}""", 409, null)]
    [InlineData("[", 400, "body")]
    public async Task Bad_input_to_the_API_has_its_error_and_changes_nothing(string body, int status, string? field)
    {
        if ((await CommitmentsAsync()).All(commitment => commitment.GetProperty("number").GetString() != "P-06"))
        {
            await RefusedAsync("P-06", "PL", "PM");
        }
        using var antai = await service.SignInAsync();
        var answer = await antai.PostAsync("/api/staff/commitments/P-06/decisions", new StringContent(body, null, "application/json"), cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        Assert.Equal(field, problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Single().Name : null);
        Assert.Equal(0, (await CommitmentAsync("P-06")).GetProperty("decisions").GetArrayLength());
    }

    [Theory]
    [InlineData("es", 320)]
    [InlineData("en", 1280)]
    public async Task The_public_pages_of_commitments_are_accessible_and_fit(string language, int width)
    {
        var number = $"P-1{width / 320}";
        await RefusedAsync(number, $"PX{width}", $"PY{width}");
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width, script: true);
        foreach (var path in new[] { $"/commitments?lang={language}", $"/commitments/{number}" })
        {
            await page.ShowsWellAtAsync(path);
        }
        Assert.Equal(404, (await page.GotoAsync("/commitments/NADA"))!.Status);
    }

    /// <summary>A commitment whose lead approved and whose supporter says it is not viable.</summary>
    private async Task RefusedAsync(string number, string lead, string supporter)
    {
        await SendAsync(service, new(2019, 10, 11), $"{number}: {lead}, {supporter}");
        await AnswerAsync(lead, Answer(number, "approve"));
        await AnswerAsync(supporter, Answer(number, "not-viable", ("reasons", "Sin fondos."), ("counterproposal", "Un plan piloto.")));
    }

    private async Task AnswerAsync(string institution, (string Name, string Value)[] answer)
    {
        var link = await LinkAsync(service, institution);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, answer)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, await CodeAsync(service, institution))).StatusCode);
    }

    private async Task<(string Name, string Value)[]> OnAsync(string number, string institution)
    {
        var position = (await CommitmentAsync(number)).GetProperty("positions").EnumerateArray().Single(one => one.GetProperty("institution").GetString() == institution);
        return [("institution", institution), ("request", position.GetProperty("request").GetString()!), ("hash", position.GetProperty("hash").GetString()!), ("seen", "0")];
    }

    private async Task<System.Text.Json.Nodes.JsonObject> JsonAsync(string number, string institution, object decision)
    {
        var asked = JsonSerializer.SerializeToNode(decision)!.AsObject();
        foreach (var (name, value) in (await OnAsync(number, institution)).Where(field => field.Name != "seen"))
        {
            asked[name] = value;
        }
        return asked;
    }

    private static FormUrlEncodedContent Form((string Name, string Value)[] asked, params (string Name, string Value)[] more) => StaffSignIn.Form([.. asked, .. more]);

    private async Task<JsonElement> CommitmentAsync(string number) => (await CommitmentsAsync()).Single(commitment => commitment.GetProperty("number").GetString() == number);

    private async Task<List<JsonElement>> CommitmentsAsync() =>
        [.. (await service.Http.GetFromJsonAsync<JsonElement>("/api/commitments", cancel)).GetProperty("items").EnumerateArray()];
}
