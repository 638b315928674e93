using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace OpenGov.Functions.BlackBox;

/// <summary>The main job from end to end, as its users do it.</summary>
public sealed partial class MainJobTests
{
    private const string Organiser = "organizadora@example.org";
    private const string Office = "despacho.mef@example.org";

    [Fact]
    public async Task A_proposal_is_receipted_a_nota_is_answered_and_who_stays_silent_is_reminded_once()
    {
        await using var service = await RunningService.StartAsync("--storage", "memory", "--now", "2019-04-26T09:00");
        await ProposeByFormAsync(service);
        var api = await service.Http.PostAsJsonAsync("/api/proposals", new { title = "Datos de salud", problem = "No se publican", consent = true });
        Assert.Equal(HttpStatusCode.Created, api.StatusCode);

        await service.AdvanceToAsync("2019-10-01T09:00");
        await SignInAsync(service);
        await DispatchAsync(service);
        await AnswerAsync(service);
        await service.AdvanceToAsync("2019-10-15T09:00");

        Assert.DoesNotContain(await service.MailsAsync(Office), mail => At(mail) > new DateTime(2019, 10, 2));
        foreach (var silent in new[] { "aig", "mop" })
        {
            var days = (await service.MailsAsync($"despacho.{silent}@example.org")).Select(mail => $"{At(mail):MM-dd}").Order().ToList();
            Assert.Equal(["10-01", "10-04", "10-08", "10-11", "10-14"], days);
            Assert.Single(await service.MailsAsync($"secretaria.general.{silent}@example.org"));
        }
        Assert.Single(await service.MailsAsync(Organiser), mail => mail.GetProperty("text").GetString()!.Contains("sin respuesta a la", StringComparison.Ordinal));
        var digests = (await service.MailsAsync()).Where(mail => At(mail).TimeOfDay == TimeSpan.FromHours(8)).Select(mail => (mail.GetProperty("to").GetString(), At(mail).Date)).ToList();
        Assert.Equal(digests.Count, digests.Distinct().Count());
        Assert.True(await service.StopAsync(), $"Still running: {string.Join('\n', service.Remaining())}");
    }

    [Fact]
    public async Task Stopped_and_started_again_it_has_its_data_and_its_clock_and_leaves_nothing_running()
    {
        var folder = Directory.CreateTempSubdirectory("opengov-").FullName;
        string code;
        await using (var first = await RunningService.StartAsync("--storage", folder, "--now", "2019-03-01T09:00"))
        {
            await first.AdvanceToAsync("2019-03-04T10:00");
            code = await ProposeByFormAsync(first);
            Assert.Contains(first.Remaining(), command => command.Contains("azurite", StringComparison.Ordinal));
            Assert.True(await first.StopAsync(), $"Still running: {string.Join('\n', first.Remaining())}");
        }
        await using (var second = await RunningService.StartAsync("--storage", folder))
        {
            Assert.Equal(HttpStatusCode.OK, (await second.Http.GetAsync($"/proposals/{code}")).StatusCode);
            var now = (await second.Http.GetFromJsonAsync<JsonElement>("/dev/clock")).GetProperty("now").GetDateTimeOffset();
            Assert.InRange(now.DateTime, new DateTime(2019, 3, 4, 10, 0, 0), new DateTime(2019, 3, 4, 10, 5, 0));
            Assert.Single(await second.MailsAsync("persona@example.org"));
            Assert.True(await second.StopAsync("TERM"), $"Still running: {string.Join('\n', second.Remaining())}");
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> ProposeByFormAsync(RunningService service)
    {
        var form = new HtmlParser().ParseDocument(await service.Http.GetStringAsync("/proposals/new?lang=es"));
        var fields = new Dictionary<string, string>
        {
            ["ticket"] = form.QuerySelector("input[name=ticket]")!.GetAttribute("value")!,
            ["title"] = "Agua potable",
            ["problem"] = "No hay datos <script>alert(1)</script>",
            ["author.email"] = "persona@example.org",
            ["consent"] = "true",
            ["step"] = "review",
        };
        var review = await service.Http.PostAsync("/proposals/new", new FormUrlEncodedContent(fields));
        Assert.Contains("Revise su propuesta", WebUtility.HtmlDecode(await review.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        var sent = await service.Http.PostAsync("/proposals/new", new FormUrlEncodedContent(fields.ToDictionary(field => field.Key, field => field.Key == "step" ? "send" : field.Value)));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var code = Code().Match(sent.Headers.Location!.ToString()).Groups[1].Value;
        Assert.DoesNotContain("<script>alert", await service.Http.GetStringAsync($"/proposals/{code}"), StringComparison.Ordinal);
        Assert.Contains(code, (await service.MailAsync("persona@example.org", "")).GetProperty("text").GetString(), StringComparison.Ordinal);
        return code;
    }

    private static async Task SignInAsync(RunningService service)
    {
        (await PostAsync(service, "/staff/sign-in", ("email", Organiser))).EnsureSuccessStatusCode();
        var text = (await service.MailAsync(Organiser, "Su enlace")).GetProperty("text").GetString()!;
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, "/staff/enter", ("t", Entrance().Match(text).Groups[1].Value))).StatusCode);
    }

    private static async Task DispatchAsync(RunningService service)
    {
        object Row(string number, string lead, params string[] supporting) =>
            new { number, title = $"Compromiso {number}", theme = "Transparencia", text = "Publicar los datos.", lead, supporting, proposals = Array.Empty<string>() };
        var imported = await service.Http.PostAsJsonAsync("/api/staff/import/commitments", new[] { Row("C-01", "MEF", "AIG"), Row("C-02", "MOP", "MEF") });
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        var sent = await service.Http.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "C-01", "C-02" }, due = "2019-10-11" });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal(3, (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requests").GetArrayLength());
    }

    private static async Task AnswerAsync(RunningService service)
    {
        var token = Nota().Match((await service.MailAsync(Office, "Nota")).GetProperty("text").GetString()!).Groups[1].Value;
        var before = await service.Http.GetStringAsync("/api/requests");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.SendAsync(new HttpRequestMessage(method, $"/r?t={token}"))).StatusCode);
        }
        Assert.Equal(before, await service.Http.GetStringAsync("/api/requests"));

        var fields = new List<(string, string)>
        {
            ("t", token), ("items[C-01].choice", "not-viable"), ("items[C-02].choice", "approve"), ("name", "Ana Ríos"), ("office", "Secretaría"), ("items[C-01].reasons", ""),
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, "/r", [.. fields])).StatusCode);
        Assert.Single(await service.MailsAsync(Office));
        fields[^1] = ("items[C-01].reasons", "No hay fondos.");
        fields.Add(("items[C-01].counterproposal", "Un plan piloto."));
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, "/r", [.. fields])).StatusCode);
        var code = Assert.Single(SixDigits().Matches((await service.MailAsync(Office, "Código")).GetProperty("text").GetString()!)).Value;
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, "/r/confirm", ("t", token), ("code", code))).StatusCode);
        var shown = (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("items").EnumerateArray().Single(nota => nota.GetProperty("institution").GetString() == "MEF");
        Assert.Equal("confirmed", shown.GetProperty("state").GetString());
        Assert.Contains("Un plan piloto.", WebUtility.HtmlDecode(await service.Http.GetStringAsync("/requests")), StringComparison.Ordinal);
        await service.MailAsync(Office, "Respuesta");
    }

    private static Task<HttpResponseMessage> PostAsync(RunningService service, string path, params (string Name, string Value)[] fields) =>
        service.Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private static DateTime At(JsonElement mail) => mail.GetProperty("at").GetDateTimeOffset().DateTime;

    [GeneratedRegex("/proposals/([0-9A-Z]{9})")]
    private static partial Regex Code();

    [GeneratedRegex(@"/staff/enter\?t=(\S+)")]
    private static partial Regex Entrance();

    [GeneratedRegex(@"/r\?t=(\S+)")]
    private static partial Regex Nota();

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
