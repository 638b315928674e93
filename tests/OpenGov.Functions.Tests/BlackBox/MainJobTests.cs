using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace OpenGov.Functions.BlackBox;

/// <summary>The main job from end to end, as its users do it.</summary>
public sealed partial class MainJobTests : IDisposable
{
    private const string Organiser = "organizadora@example.org";
    private const string Citizen = "persona@example.org";
    private const string Answering = "mef";
    private static readonly string[] Silent = ["aig", "mop"];
    private static readonly string[] Staff = [Organiser, "secretaria.cngap@example.org", "lectura@example.org"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("opengov-");

    [Fact]
    public async Task A_proposal_is_receipted_a_nota_is_answered_and_who_stays_silent_is_reminded_once()
    {
        await using var service = await RunningService.StartAsync("--storage", "memory", "--now", "2019-04-26T09:00");
        await IsFoundAsync(service, await ProposeByFormAsync(service), "Agua potable");
        await IsFoundAsync(service, await ProposeByApiAsync(service), "Datos de salud");

        await service.AdvanceToAsync(Panama("2019-10-01T09:00"));
        await SignInAsync(service);
        var notas = await DispatchAsync(service);
        await OpenAsync(service);
        await AnswerAsync(service);

        await service.AdvanceToAsync(Panama("2019-10-16T09:00"));
        await WereToldOnceAsync(service, notas);
        var mails = (await service.MailsAsync()).Count;
        Assert.True((await service.Http.PostAsync("/dev/timers/SendDueNotices", null)).IsSuccessStatusCode);
        await service.AdvanceToAsync(Panama("2019-10-16T10:00"));
        Assert.Equal(mails, (await service.MailsAsync()).Count);
        await service.StopAsync();
    }

    [Fact]
    public async Task Stopped_and_started_again_it_has_its_data_and_its_clock_and_leaves_nothing_running()
    {
        string[] storage = ["--storage", folder.FullName, "LocalHost__StoragePort=0"];
        string code;
        DateTimeOffset before;
        await using (var first = await RunningService.StartAsync([.. storage, "--now", "2019-03-01T09:00"]))
        {
            code = await ProposeByFormAsync(first);
            await first.AdvanceToAsync(Panama("2019-03-04T10:00"));
            before = await first.NowAsync();
            Assert.Contains(first.Running, command => command.Contains("azurite", StringComparison.Ordinal));
            await first.StopAsync();
        }
        await using (var second = await RunningService.StartAsync(storage))
        {
            Assert.InRange(await second.NowAsync(), before, before.AddHours(1));
            await IsFoundAsync(second, code, "Agua potable");
            Assert.Single(await second.MailsAsync(Citizen));
            await second.StopAsync("TERM");
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<string> ProposeByFormAsync(RunningService service)
    {
        var form = await WebForm.ReadAsync(await service.Http.GetAsync("/proposals/new?lang=es"));
        var review = await service.Http.SendAsync(form, "review",
            ("title", "Agua potable"), ("problem", "No hay datos <script>alert(1)</script>"), ("author.email", Citizen), ("consent", "true"));
        Assert.Equal(HttpStatusCode.OK, review.StatusCode);
        Assert.Empty(await service.MailsAsync(Citizen));
        var sent = await service.Http.SendAsync(await WebForm.ReadAsync(review), "send");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var code = Code().Match(sent.Headers.Location!.ToString()).Groups[1].Value;
        Assert.Contains(code, await service.Http.GetStringAsync(sent.Headers.Location), StringComparison.Ordinal);
        Assert.Contains($"/proposals/{code}", (await service.MailAsync(Citizen, "")).Text, StringComparison.Ordinal);
        return code;
    }

    private static async Task<string> ProposeByApiAsync(RunningService service)
    {
        var created = await service.Http.PostAsJsonAsync("/api/proposals", new { title = "Datos de salud", problem = "No se publican", consent = true });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    private static async Task IsFoundAsync(RunningService service, string code, string title)
    {
        var page = await service.Http.GetStringAsync($"/proposals/{code}");
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(title, (await service.Http.GetFromJsonAsync<JsonElement>($"/api/proposals/{code}")).GetProperty("title").GetString());
        await service.UntilAsync($"{code} is in the lists", async () =>
            (await service.Http.GetStringAsync("/proposals")).Contains(code, StringComparison.Ordinal)
            && (await service.Http.GetStringAsync("/api/proposals")).Contains($"\"{code}\"", StringComparison.Ordinal));
    }

    private static async Task SignInAsync(RunningService service)
    {
        (await service.Http.SendAsync(await WebForm.ReadAsync(await service.Http.GetAsync("/staff")), null, ("email", Organiser))).EnsureSuccessStatusCode();
        var entrance = await service.Http.GetAsync(Link().Match((await service.MailAsync(Organiser, "Su enlace")).Text).Value);
        Assert.Equal(HttpStatusCode.SeeOther, (await service.Http.SendAsync(await WebForm.ReadAsync(entrance))).StatusCode);
    }

    /// <summary>The numbers of the notas by institution, once all of them have gone out.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> DispatchAsync(RunningService service)
    {
        static object Row(string number, string lead, params string[] supporting) =>
            new { number, title = $"Compromiso {number}", theme = "Transparencia", text = "Publicar los datos.", lead, supporting, proposals = Array.Empty<string>() };
        var imported = await service.Http.PostAsJsonAsync("/api/staff/import/commitments", new[] { Row("C-01", "MEF", "AIG"), Row("C-02", "MOP", "MEF") });
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        var sent = await service.Http.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "C-01", "C-02" }, due = "2019-10-11" });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var notas = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requests").EnumerateArray()
            .ToDictionary(nota => nota.GetProperty("institution").GetString()!.ToLowerInvariant(), nota => nota.GetProperty("number").GetString()!);
        Assert.Equal(Silent.Append(Answering).Order(), notas.Keys.Order());
        foreach (var institution in notas.Keys)
        {
            await service.MailAsync(OfficeOf(institution), "Nota");
        }
        return notas;
    }

    private static async Task OpenAsync(RunningService service)
    {
        var address = await NotaAsync(service);
        var (requests, mails) = (await service.Http.GetStringAsync("/api/requests"), (await service.MailsAsync()).Count);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.SendAsync(new HttpRequestMessage(method, address))).StatusCode);
        }
        Assert.Equal(requests, await service.Http.GetStringAsync("/api/requests"));
        Assert.Equal(mails, (await service.MailsAsync()).Count);
    }

    private static async Task AnswerAsync(RunningService service)
    {
        var address = await NotaAsync(service);
        (string, string)[] answer = [("items[C-01].choice", "not-viable"), ("items[C-01].counterproposal", "Un plan piloto."), ("items[C-02].choice", "approve"), ("name", "Ana Ríos"), ("office", "Secretaría")];
        var refused = await service.Http.SendAsync(await WebForm.ReadAsync(await service.Http.GetAsync(address)), null, answer);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var prepared = await service.Http.SendAsync(await WebForm.ReadAsync(refused), null, ("items[C-01].reasons", "No hay fondos."));
        Assert.Equal(HttpStatusCode.SeeOther, prepared.StatusCode);
        Assert.Equal("sent", await StateAsync(service));
        var code = Assert.Single(SixDigits().Matches((await service.MailAsync(OfficeOf(Answering), "Código")).Text)).Value;
        var confirmed = await service.Http.SendAsync(await WebForm.ReadAsync(await service.Http.GetAsync(prepared.Headers.Location)), null, ("code", code));
        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        Assert.Equal("confirmed", await StateAsync(service));
        Assert.Contains("Un plan piloto.", WebUtility.HtmlDecode(await service.Http.GetStringAsync("/requests")), StringComparison.Ordinal);
    }

    private static async Task WereToldOnceAsync(RunningService service, IReadOnlyDictionary<string, string> notas)
    {
        Assert.Equal(["Nota", "Código", "Respuesta"], (await service.MailsAsync(OfficeOf(Answering))).Select(mail => mail.Subject.Split(' ')[0]));
        Assert.Empty(await service.MailsAsync(SecretariatOf(Answering)));
        foreach (var silent in Silent)
        {
            Assert.Equal(["10-01", "10-04", "10-08", "10-11", "10-14"], (await service.MailsAsync(OfficeOf(silent))).Select(mail => $"{mail.At:MM-dd}"));
            Assert.Equal(["10-14"], (await service.MailsAsync(SecretariatOf(silent))).Select(mail => $"{mail.At:MM-dd}"));
        }
        foreach (var member in Staff)
        {
            var named = (await service.MailsAsync(member)).SelectMany(mail => notas.Where(nota => mail.Text.Contains(nota.Value, StringComparison.Ordinal)).Select(nota => $"{mail.At:MM-dd} {nota.Key}"));
            Assert.Equal(Silent.Select(silent => $"10-14 {silent}"), named.Order());
        }
        var digests = (await service.MailsAsync()).Where(mail => mail.At.TimeOfDay == TimeSpan.FromHours(8)).ToList();
        Assert.DoesNotContain(digests.CountBy(mail => (mail.To, mail.At.Date)), day => day.Value > 1);
    }

    private static async Task<string> NotaAsync(RunningService service) => Link().Match((await service.MailAsync(OfficeOf(Answering), "Nota")).Text).Value;

    private static async Task<string?> StateAsync(RunningService service) =>
        (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("items").EnumerateArray()
            .Single(nota => nota.GetProperty("institution").GetString() == "MEF").GetProperty("state").GetString();

    private static string OfficeOf(string institution) => $"despacho.{institution}@example.org";

    private static string SecretariatOf(string institution) => $"secretaria.general.{institution}@example.org";

    private static DateTimeOffset Panama(string time) => DateTimeOffset.Parse($"{time}-05:00", System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"/proposals/([0-9A-Z]{9})\?")]
    private static partial Regex Code();

    [GeneratedRegex(@"http://\S+\?t=\S+")]
    private static partial Regex Link();

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
