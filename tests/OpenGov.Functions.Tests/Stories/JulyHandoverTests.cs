using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Stories;

/// <summary>A week before the ministers of 1 July 2019.</summary>
public sealed class JuneService() : TestService("2019-06-24T09:00");

/// <summary>
/// The nota must not reach outgoing ministers. Unanswered ones are reissued to the new holder with a new due date; an
/// answer already given stands until the successor rectifies.
/// </summary>
public sealed class JulyHandoverTests(JuneService service) : IClassFixture<JuneService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_notas_of_June_pass_to_the_ministers_of_July()
    {
        using var antai = await service.SignInAsync();
        await ImportAsync(antai, "institutions", new[] { "SILENT", "ANSWERED", "LATER" }.Select(code => new
        {
            code,
            name = $"Institución {code}",
            authorityTitle = "Ministro/a",
            holder = $"Saliente de {code}",
            officeMailbox = MailboxOf(code),
            secretariatMailbox = $"secretaria.{code.ToLowerInvariant()}@example.org",
        }));
        await ImportAsync(antai, "commitments", new object[] { Draft("J-01", "SILENT", "ANSWERED"), Draft("J-02", "LATER") });
        await DispatchAsync(antai, "J-01", "2019-07-05");
        var oldLink = await LinkAsync(service, "SILENT");
        await AnswerAsync("ANSWERED", Answer("J-01", "approve"), codes: 1);

        // The change is announced: what is unanswered waits, and what is new does not go out.
        foreach (var code in new[] { "SILENT", "ANSWERED", "LATER" })
        {
            await ChangeAsync(antai, code, "announce", new { from = "2019-07-01" });
        }
        await service.AdvanceToAsync("2019-06-24T10:00");
        await DispatchAsync(antai, "J-02", "2019-07-12");
        await service.AdvanceToAsync("2019-07-02T09:00");
        Assert.Single(await service.MailsAsync(MailboxOf("SILENT"), 0));
        Assert.Empty(await service.MailsAsync(MailboxOf("LATER"), 0));
        Assert.DoesNotContain(await NotasAsync(), nota => nota.GetProperty("institution").GetString() == "LATER");
        Assert.Equal("sent", (await NotaAsync("SILENT")).GetProperty("state").GetString());

        // The successors are in office.
        foreach (var code in new[] { "SILENT", "ANSWERED", "LATER" })
        {
            await ChangeAsync(antai, code, "holder", new { title = "Ministra", name = $"Entrante de {code}" });
        }
        await service.AdvanceToAsync("2019-07-02T09:30");
        var reissued = await NotaAsync("SILENT");
        Assert.Equal("reissued", reissued.GetProperty("state").GetString());
        Assert.True(string.CompareOrdinal("2019-07-05", reissued.GetProperty("due").GetString()) < 0);
        Assert.Contains("reissued", Steps(reissued));
        var nota = (await service.MailsAsync(MailboxOf("SILENT"), 2))[0].GetProperty("text").GetString()!;
        Assert.Contains("Entrante de SILENT", nota, StringComparison.Ordinal);
        Assert.Contains("Entrante de LATER", (await service.MailsAsync(MailboxOf("LATER"), 1))[0].GetProperty("text").GetString()!, StringComparison.Ordinal);

        // The outgoing minister's link is dead, and the new one works.
        var answer = Answer("J-01", "approve");
        Assert.NotEqual(HttpStatusCode.SeeOther, (await PostAsync(service, oldLink, answer)).StatusCode);
        Assert.Equal("reissued", (await NotaAsync("SILENT")).GetProperty("state").GetString());
        await AnswerAsync("SILENT", answer, codes: 1);
        Assert.Equal("confirmed", (await NotaAsync("SILENT")).GetProperty("state").GetString());

        // The predecessor's answer stands until the successor rectifies it in public.
        var stands = await NotaAsync("ANSWERED");
        Assert.Equal("confirmed", stands.GetProperty("state").GetString());
        Assert.Equal("approve", stands.GetProperty("items")[0].GetProperty("choice").GetString());
        Assert.Equal("validated", await StateAsync("J-01"));
        await AnswerAsync("ANSWERED", Answer("J-01", "not-viable", ("reasons", "Sin presupuesto."), ("counterproposal", "Un plan piloto.")), codes: 2);
        var rectified = await NotaAsync("ANSWERED");
        Assert.Equal("not-viable", rectified.GetProperty("items")[0].GetProperty("choice").GetString());
        Assert.Equal([false, true], rectified.GetProperty("answers").EnumerateArray().Select(said => said.GetProperty("stands").GetBoolean()));
        Assert.Contains("rectified", Steps(rectified));
        Assert.Equal("in-review", await StateAsync("J-01"));
    }

    private static object Draft(string number, string lead, params string[] supporting) =>
        new { number, title = $"Compromiso {number}", theme = "Transparencia", text = $"Texto de {number}.", lead, supporting, proposals = Array.Empty<string>() };

    private async Task ImportAsync(HttpClient antai, string what, IEnumerable<object> rows) =>
        Assert.Equal(HttpStatusCode.OK, (await antai.PostAsJsonAsync($"/api/staff/import/{what}", rows, cancel)).StatusCode);

    private async Task DispatchAsync(HttpClient antai, string commitment, string due) =>
        Assert.Equal(HttpStatusCode.Accepted, (await antai.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { commitment }, due }, cancel)).StatusCode);

    private async Task ChangeAsync(HttpClient antai, string institution, string act, object change) =>
        Assert.Equal(HttpStatusCode.OK, (await antai.PostAsJsonAsync($"/api/staff/institutions/{institution}/{act}", change, cancel)).StatusCode);

    private async Task AnswerAsync(string institution, (string Name, string Value)[] answer, int codes)
    {
        var link = await LinkAsync(service, institution);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, answer)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, await CodeAsync(service, institution, codes))).StatusCode);
    }

    private async Task<List<JsonElement>> NotasAsync() =>
        [.. (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", cancel)).GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> NotaAsync(string institution) => (await NotasAsync()).Single(nota => nota.GetProperty("institution").GetString() == institution);

    private async Task<string> StateAsync(string commitment) => (await service.Http.GetFromJsonAsync<JsonElement>("/api/commitments", cancel)).GetProperty("items").EnumerateArray()
        .Single(one => one.GetProperty("number").GetString() == commitment).GetProperty("state").GetString()!;

    private static IEnumerable<string> Steps(JsonElement nota) => nota.GetProperty("timeline").EnumerateArray().Select(step => step.GetProperty("what").GetString()!);
}
