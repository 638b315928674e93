using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Staff;

/// <summary>The JSON routes with which staff import, send and follow notas.</summary>
public sealed class NotaRoutesTests(OctoberService service) : IClassFixture<OctoberService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/api/staff/import/commitments")]
    [InlineData("POST", "/api/staff/requests")]
    [InlineData("GET", "/api/staff/requests")]
    [InlineData("GET", "/api/staff/notices?from=2019-10-01&to=2019-10-31")]
    public async Task Who_is_not_signed_in_gets_401(string method, string path)
    {
        var answer = await service.NewPlainClient().SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_reader_sees_the_notas_and_sends_none()
    {
        using var reader = await service.SignInAsync(StaffSignIn.Reader);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/staff/requests", Cancel)).StatusCode);
        var refused = await reader.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "C-01" }, due = "2019-10-11" }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Imported_commitments_go_out_as_notas_that_staff_can_follow()
    {
        using var staff = await service.SignInAsync();
        var rows = new[] { Row("C-01", "MEF", "AIG"), Row("C-02", "AIG") };
        var wrong = await staff.PostAsJsonAsync("/api/staff/import/commitments", rows.Append(Row("C-03", "NADIE")), Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var error = Assert.Single((await wrong.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").EnumerateArray());
        Assert.Equal((3, "lead", "unknown-institution"), (error.GetProperty("row").GetInt32(), error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
        var applied = await staff.PostAsJsonAsync("/api/staff/import/commitments", rows, Cancel);
        Assert.Equal(2, (await applied.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("imported").GetInt32());

        var sent = await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "C-01", "C-02" }, due = "2019-10-11" }, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var notas = (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("requests").EnumerateArray().ToList();
        Assert.Equal(["AIG", "MEF"], notas.Select(nota => nota.GetProperty("institution").GetString()));
        await LinkAsync(service, "AIG");
        await LinkAsync(service, "MEF");
        var shown = (await staff.GetFromJsonAsync<JsonElement>("/api/staff/requests", Cancel)).GetProperty("items").EnumerateArray()
            .Where(nota => nota.GetProperty("institution").GetString() is "AIG" or "MEF").ToList();
        Assert.Equal(notas.Select(nota => nota.GetProperty("number").GetString()), shown.Select(nota => nota.GetProperty("number").GetString()));
        Assert.All(shown, nota => Assert.Equal("sent", nota.GetProperty("state").GetString()));

        var again = await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "C-02" }, due = "2019-10-18" }, Cancel);
        Assert.Equal("already-sent", (await again.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"kind":"validation","commitments":["NO-1"],"due":"2019-10-11"}""", "commitments")]
    [InlineData("""{"kind":"validation","commitments":[],"due":"2019-10-11"}""", "commitments")]
    [InlineData("""{"kind":"validation","commitments":[null],"due":"2019-10-11"}""", "commitments")]
    [InlineData("""{"kind":"other","commitments":["C-01"],"due":"2019-10-11"}""", "kind")]
    [InlineData("""{"kind":"validation","commitments":["C-01"]}""", "due")]
    [InlineData("""{"kind":"validation","commitments":["C-01"],"due":"11/10/2019"}""", "due")]
    [InlineData("not json", "body")]
    public async Task A_dispatch_that_cannot_be_is_refused_with_the_field_at_fault(string body, string field)
    {
        using var staff = await service.SignInAsync();
        var refused = await staff.PostAsync("/api/staff/requests", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.True((await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_round_is_closed_once_its_time_is_over_and_takes_no_answer_then()
    {
        var dispatch = await SendAsync(service, new(2019, 10, 2), "Z-01: ZZ1", "Z-02: ZZ2");
        var links = new[] { await LinkAsync(service, "ZZ1"), await LinkAsync(service, "ZZ2") };
        using var staff = await service.SignInAsync();
        var early = await staff.PostAsync("/staff/requests", StaffSignIn.Form(("close", $"validation-{dispatch.Round}")), Cancel);
        Assert.Contains("early", early.Headers.Location!.ToString(), StringComparison.Ordinal);
        await service.AdvanceToAsync("2019-10-03T09:00");
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, links[0], Answer("Z-01", "approve"))).StatusCode);
        await ConfirmAsync(service, links[0], await CodeAsync(service, "ZZ1"));
        using var again = await service.SignInAsync();
        var closed = await again.PostAsync("/staff/requests", StaffSignIn.Form(("close", $"validation-{dispatch.Round}")), Cancel);
        Assert.Contains("closed", closed.Headers.Location!.ToString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(service, links[1], Answer("Z-02", "approve"))).StatusCode);
        var page = WebUtility.HtmlDecode(await service.Http.GetStringAsync($"/r?t={links[1]}&lang=es", Cancel));
        Assert.Contains("La ronda se cerró", page, StringComparison.Ordinal);
        var notas = (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", Cancel)).GetProperty("items").EnumerateArray()
            .Where(nota => nota.GetProperty("institution").GetString()!.StartsWith("ZZ", StringComparison.Ordinal)).ToList();
        Assert.Equal([("confirmed", true), ("no-answer", true)], notas.Select(nota => (nota.GetProperty("state").GetString()!, nota.GetProperty("late").GetBoolean())));
        Assert.Equal(["sent", "no-answer", "confirmed-late", "closed"], notas[0].GetProperty("timeline").EnumerateArray().Select(step => step.GetProperty("what").GetString()));
    }

    private static object Row(string number, string lead, params string[] supporting) =>
        new { number, title = $"Compromiso {number}", theme = "Transparencia", text = "Publicar los datos.", lead, supporting, proposals = Array.Empty<string>() };
}
