using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenGov.Functions.Files;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Stories;

/// <summary>
/// The secretary prepares "approve"; a signed nota saying "not viable" arrives two days late. The signed nota prevails,
/// both are shown, it is marked extemporánea, the consolidation is recomputed.
/// </summary>
public sealed class SecretaryAndPaperTests(OctoberService service) : IClassFixture<OctoberService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_nota_that_comes_late_prevails_over_the_answer_by_the_link()
    {
        using var antai = await service.SignInAsync();
        var dispatch = await SendAsync(service, new(2019, 10, 11), "S-01: DESK");
        var link = await LinkAsync(service, "DESK");
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, Answer("S-01", "approve"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, await CodeAsync(service, "DESK"))).StatusCode);
        Assert.Equal("validated", await StateAsync());

        await service.AdvanceToAsync("2019-10-14T10:00");
        Assert.Equal(HttpStatusCode.OK, (await PaperAsync(antai, dispatch.Notas[0].Id, Scans.Pdf(), "nota.pdf")).StatusCode);

        var nota = (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", cancel)).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("institution").GetString() == "DESK");
        Assert.Equal("not-viable", nota.GetProperty("items")[0].GetProperty("choice").GetString());
        Assert.True(nota.GetProperty("late").GetBoolean());
        Assert.Equal(
            ["link approve False", "paper not-viable True"],
            nota.GetProperty("answers").EnumerateArray().Select(said =>
                $"{said.GetProperty("channel").GetString()} {said.GetProperty("items")[0].GetProperty("choice").GetString()} {said.GetProperty("stands").GetBoolean()}"));
        Assert.Contains(nota.GetProperty("timeline").EnumerateArray(), step => step.GetProperty("what").GetString() == "signed-late");
        Assert.Equal("in-review", await StateAsync());
        var page = WebUtility.HtmlDecode(await service.Http.GetStringAsync("/requests?institution=DESK&lang=es", cancel));
        Assert.Contains("extemporánea", page, StringComparison.Ordinal);
        Assert.Contains("Sin presupuesto.", page, StringComparison.Ordinal);
        Assert.Contains("aprobada", page, StringComparison.Ordinal);

        // The same paper, entered twice, is one answer.
        Assert.Equal(HttpStatusCode.OK, (await PaperAsync(antai, dispatch.Notas[0].Id, Scans.Pdf(), "nota.pdf")).StatusCode);
        var again = (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", cancel)).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("institution").GetString() == "DESK");
        Assert.Equal(2, again.GetProperty("answers").GetArrayLength());
    }

    [Fact]
    public async Task A_scan_that_is_not_what_it_says_is_refused_and_nothing_is_recorded()
    {
        using var antai = await service.SignInAsync();
        var dispatch = await SendAsync(service, new(2019, 10, 18), "S-02: DESK2");
        await LinkAsync(service, "DESK2");
        foreach (var (bytes, name) in new[] { ("MZ not a scan"u8.ToArray(), "nota.pdf"), ("<html></html>"u8.ToArray(), "nota.pdf"), (Scans.Png, "nota.pdf"), (Array.Empty<byte>(), "nota.pdf") })
        {
            var answer = await PaperAsync(antai, dispatch.Notas[0].Id, bytes, name, "S-02", "2019-10-01");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("scan", (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("errors").EnumerateObject().Single().Name);
        }
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PaperAsync(antai, dispatch.Notas[0].Id, new byte[11 * 1024 * 1024], "nota.pdf", "S-02")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PaperAsync(antai, "999-2019", Scans.Pdf(), "nota.pdf")).StatusCode);
    }

    [Fact]
    public async Task Of_two_who_act_on_one_nota_at_once_one_wins_and_the_other_sees_why()
    {
        using var antai = await service.SignInAsync();
        var dispatch = await SendAsync(service, new(2019, 10, 25), "S-03: DESK3");
        await LinkAsync(service, "DESK3");
        var address = $"/api/staff/requests/{dispatch.Notas[0].Id}";
        var answers = await Task.WhenAll(
            antai.PostAsync($"{address}/extend", StaffSignIn.Form(("due", "2019-10-31"), ("reason", "Lo pidió."), ("seen", "0")), cancel),
            antai.PostAsync($"{address}/annul", StaffSignIn.Form(("reason", "Se envió por error."), ("seen", "0")), cancel));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var lost = await answers.Single(answer => answer.StatusCode == HttpStatusCode.Conflict).Content.ReadFromJsonAsync<JsonElement>(cancel);
        Assert.Equal("overtaken", lost.GetProperty("code").GetString());
        Assert.Contains(lost.GetProperty("lastAct").GetProperty("act").GetString(), new[] { "extend", "annul" });
        Assert.Equal(HttpStatusCode.BadRequest, (await antai.PostAsync($"{address}/extend", StaffSignIn.Form(("due", "2019-10-31")), cancel)).StatusCode);
    }

    private async Task<HttpResponseMessage> PaperAsync(HttpClient antai, string nota, byte[] scan, string name, string commitment = "S-01", string received = "2019-10-13")
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in Answer(commitment, "not-viable", ("reasons", "Sin presupuesto."), ("counterproposal", "Un plan piloto.")))
        {
            form.Add(new StringContent(value), field);
        }
        form.Add(new StringContent(received), "received");
        var file = new ByteArrayContent(scan);
        file.Headers.ContentType = new("application/pdf");
        form.Add(file, "scan", name);
        return await antai.PostAsync($"/api/staff/requests/{nota}/paper-answer", form, cancel);
    }

    private async Task<string> StateAsync() => (await service.Http.GetFromJsonAsync<JsonElement>("/api/commitments", cancel)).GetProperty("items").EnumerateArray()
        .Single(one => one.GetProperty("number").GetString() == "S-01").GetProperty("state").GetString()!;
}
