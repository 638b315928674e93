using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Stories;

/// <summary>
/// Friday, 16:00: the lead approves, one supporter refuses, a third says "not ours", a fourth sends an unrelated
/// counterproposal. By Monday the commitment is in review; once the two that were asked anew have answered, it is validated.
/// </summary>
public sealed class OctoberConflictTests(OctoberService service) : IClassFixture<OctoberService>
{
    private const string Commitment = "C-07";
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conflict_on_the_last_Friday_is_in_review_on_Monday_and_settled_by_decisions()
    {
        using var antai = await service.SignInAsync();
        await ImportAsync(antai, "institutions", new[] { "LEAD", "REFUSER", "NOTOURS", "UNRELATED", "RIGHT" }.Select(code => new
        {
            code,
            name = $"Institución {code}",
            authorityTitle = "Ministro/a",
            officeMailbox = MailboxOf(code),
            secretariatMailbox = $"secretaria.{code.ToLowerInvariant()}@example.org",
        }));
        await ImportAsync(antai, "commitments", new[]
        {
            new { number = Commitment, title = "Agua a la vista", theme = "Servicios públicos", text = "Publicar la calidad del agua cada mes.", lead = "LEAD", supporting = new[] { "REFUSER", "NOTOURS", "UNRELATED" }, proposals = Array.Empty<string>() },
        });
        Assert.Equal("proposed", State(await CommitmentAsync()));
        var sent = await antai.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { Commitment }, due = "2019-10-11" }, cancel);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        foreach (var institution in new[] { "LEAD", "REFUSER", "NOTOURS", "UNRELATED" })
        {
            await LinkAsync(service, institution);
        }
        Assert.Equal("asked", State(await CommitmentAsync()));

        await service.AdvanceToAsync("2019-10-11T16:00");
        await AnswerAsync("LEAD", Answer(Commitment, "approve"));
        await AnswerAsync("REFUSER", Answer(Commitment, "not-viable", ("reasons", "No hay personal."), ("counterproposal", "Publicarla cada año.")));
        await AnswerAsync("NOTOURS", Answer(Commitment, "not-competent", ("competent", "Institución RIGHT")));
        await AnswerAsync("UNRELATED", Answer(Commitment, "not-viable", ("reasons", "Otra prioridad."), ("counterproposal", "Construir un puente.")));
        Assert.Equal("in-review", State(await CommitmentAsync()));
        Assert.Equal(["approves", "contests", "contests", "contests"], Positions(await CommitmentAsync()).Values);

        await DecideAsync(antai, "UNRELATED", new { kind = "ask-again", reason = "La contrapropuesta no guarda relación con el agua.", due = "2019-10-18" });
        await DecideAsync(antai, "NOTOURS", new { kind = "replace", replacement = "RIGHT", reason = "La calidad del agua le compete por ley.", due = "2019-10-18" });
        await DecideAsync(antai, "REFUSER", new { kind = "uphold", reason = "Se acepta que no cuenta con personal." });

        await service.AdvanceToAsync("2019-10-14T08:00");
        var monday = await CommitmentAsync();
        Assert.Equal("in-review", State(monday));
        Assert.Equal("LEAD approves, REFUSER refuses, RIGHT awaited, UNRELATED awaited", string.Join(", ", Positions(monday).Select(position => $"{position.Key} {position.Value}")));
        Assert.Equal(["RIGHT", "UNRELATED"], monday.GetProperty("supporting").EnumerateArray().Select(code => code.GetString()!).Order());
        Assert.Contains("en revisión", await service.Http.GetStringAsync($"/commitments/{Commitment}?lang=es", cancel), StringComparison.Ordinal);

        var returned = (await service.MailsAsync(MailboxOf("UNRELATED"), 0)).First(mail => Subject(mail).StartsWith("Nota", StringComparison.Ordinal));
        Assert.Contains("18 de octubre", Subject(returned), StringComparison.Ordinal);
        var page = await service.Http.GetStringAsync($"/r?t={await LinkAsync(service, "UNRELATED")}", cancel);
        Assert.Contains("La contrapropuesta no guarda relación con el agua.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        await AnswerAsync("UNRELATED", Answer(Commitment, "approve"), codes: 2);
        Assert.Equal("in-review", State(await CommitmentAsync()));
        await AnswerAsync("RIGHT", Answer(Commitment, "approve"));

        var settled = await CommitmentAsync();
        Assert.Equal("validated", State(settled));
        Assert.Equal(3, settled.GetProperty("decisions").GetArrayLength());
        // Nothing that was said is gone: four answers of Friday, two since.
        Assert.Equal(6, settled.GetProperty("requests").EnumerateArray().Count(request => request.TryGetProperty("answer", out _)));
        var history = WebUtility.HtmlDecode(await service.Http.GetStringAsync($"/commitments/{Commitment}?lang=es", cancel));
        Assert.All(["Construir un puente.", "No hay personal.", "Se acepta que no cuenta con personal.", "reemplazó a Institución NOTOURS por Institución RIGHT"], text =>
            Assert.Contains(text, history, StringComparison.Ordinal));
    }

    private async Task ImportAsync(HttpClient antai, string what, IEnumerable<object> rows) =>
        Assert.Equal(HttpStatusCode.OK, (await antai.PostAsJsonAsync($"/api/staff/import/{what}", rows, cancel)).StatusCode);

    private async Task AnswerAsync(string institution, (string Name, string Value)[] answer, int codes = 1)
    {
        var link = await LinkAsync(service, institution);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, answer)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, await CodeAsync(service, institution, codes))).StatusCode);
    }

    /// <summary>On where <paramref name="institution"/> stands, as the public list tells it.</summary>
    private async Task DecideAsync(HttpClient antai, string institution, object decision)
    {
        var position = (await CommitmentAsync()).GetProperty("positions").EnumerateArray().Single(one => one.GetProperty("institution").GetString() == institution);
        var asked = JsonSerializer.SerializeToNode(decision)!.AsObject();
        asked["institution"] = institution;
        asked["request"] = position.GetProperty("request").GetString();
        asked["hash"] = position.GetProperty("hash").GetString();
        Assert.Equal(HttpStatusCode.OK, (await antai.PostAsJsonAsync($"/api/staff/commitments/{Commitment}/decisions", asked, cancel)).StatusCode);
        if (asked["due"] is not null)
        {
            await LinkAsync(service, asked["replacement"]?.GetValue<string>() ?? institution);
        }
    }

    private async Task<JsonElement> CommitmentAsync() =>
        (await service.Http.GetFromJsonAsync<JsonElement>("/api/commitments", cancel)).GetProperty("items").EnumerateArray()
            .Single(commitment => commitment.GetProperty("number").GetString() == Commitment);

    private static string State(JsonElement commitment) => commitment.GetProperty("state").GetString()!;

    private static SortedDictionary<string, string> Positions(JsonElement commitment) => new(commitment.GetProperty("positions").EnumerateArray()
        .ToDictionary(one => one.GetProperty("institution").GetString()!, one => one.GetProperty("position").GetString()!), StringComparer.Ordinal);
}
