using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static OpenGov.Functions.StaffSignIn;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Stories;

/// <summary>Story 5: the change of government and then the pandemic; the plan is delivered in December 2020.</summary>
public sealed class SlipTests(OctoberService service) : IClassFixture<OctoberService>
{
    private const string Reason = "El cambio de gobierno y la emergencia sanitaria retrasaron las mesas.";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everyone_concerned_gets_one_explanation_and_no_notice_of_the_old_dates()
    {
        await SendAsync(service, new(2019, 10, 11), "P-01: MIDES");
        await LinkAsync(service, "MIDES");
        await service.AdvanceToAsync("2019-10-03T09:00");
        using var staff = await service.SignInAsync(StaffSignIn.Organiser);
        var moved = new Dictionary<string, (string, string)>
        {
            ["validation"] = ("2019-10-01", "2020-10-09"),
            ["commitments-presented"] = ("2020-10-12", "2020-10-16"),
            ["development-tables"] = ("2020-10-12", "2020-10-23"),
            ["plan-approval"] = ("2020-11-02", "2020-11-13"),
            ["delivery"] = ("2020-11-16", "2020-12-18"),
            ["launch"] = ("2020-12-21", "2020-12-23"),
        };
        var form = (await FormAsync(staff, moved)).Append(("reason", Reason)).ToArray();

        // Looking changes nothing.
        var preview = await ReadAsync(await staff.PostAsync("/staff/activities/dates", Form([.. form, ("act", "preview")]), Cancel));
        Assert.Contains("Avisos que ya no se enviarán", preview, StringComparison.Ordinal);
        Assert.Contains("La explicación llega una sola vez a cada persona: 4", preview, StringComparison.Ordinal);
        Assert.Equal(1, (await service.Http.GetFromJsonAsync<JsonElement>("/api/chronogram", Cancel)).GetProperty("version").GetInt32());

        var applied = await staff.PostAsync("/staff/activities/dates", Form([.. form, ("act", "apply")]), Cancel);
        Assert.Equal("/staff/activities?version=2", applied.Headers.Location?.ToString());
        // The same sent twice is one change; who saw the dates before it is told.
        Assert.Equal("/staff/activities?version=2", (await staff.PostAsync("/staff/activities/dates", Form([.. form, ("act", "apply")]), Cancel)).Headers.Location?.ToString());
        var other = form.Select(field => field.Item1 == "reason" ? ("reason", "Otra razón.") : field).ToArray();
        Assert.Equal(HttpStatusCode.Conflict, (await staff.PostAsync("/staff/activities/dates", Form([.. other, ("act", "apply")]), Cancel)).StatusCode);

        await service.AdvanceToAsync("2019-10-31T12:00");
        foreach (var reader in new[] { StaffSignIn.Organiser, Secretary, Reader, MailboxOf("MIDES") })
        {
            var told = Assert.Single(await service.MailsAsync(reader, 1), mail => mail.GetProperty("subject").GetString() == "Cambió el cronograma del plan de acción");
            Assert.Contains("> El cambio de gobierno y la emergencia sanitaria", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        }
        // All of October held openings, closings and delays of the old dates.
        var october = (await service.MailsAsync(StaffSignIn.Organiser, 1)).Where(mail => string.CompareOrdinal(mail.GetProperty("at").GetString(), "2019-10-04") > 0);
        foreach (var number in new[] { "11.", "12.", "13.", "14.", "15." })
        {
            Assert.DoesNotContain(october, mail => mail.GetProperty("text").GetString()!.Contains($"ACTIVIDAD {number[..^1]}", StringComparison.OrdinalIgnoreCase));
        }
        var chronogram = WebUtility.HtmlDecode(await service.Http.GetStringAsync("/chronogram?lang=es", Cancel));
        Assert.Contains(Reason, chronogram, StringComparison.Ordinal);
        Assert.Contains("Del lunes 18 de noviembre de 2019 al viernes 29 de noviembre de 2019</del>", chronogram, StringComparison.Ordinal);

        // The new dates will be announced.
        var planned = await staff.GetFromJsonAsync<JsonElement>("/api/staff/notices?from=2020-12-01&to=2020-12-31", Cancel);
        Assert.Contains(planned.GetProperty("upcoming").EnumerateArray(), notice => notice.GetProperty("subject").GetString() == "delivery");
    }

    [Fact]
    public async Task The_cycle_is_succeeded_by_another_with_codes_and_links_intact()
    {
        await using var late = new LateCycle();
        await late.InitializeAsync();
        var code = (await (await late.Http.PostAsJsonAsync("/api/proposals", new { title = "Agua potable", problem = "No hay datos", consent = true }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
        await SendAsync(late, new(2019, 4, 12), "P-02: MIDES", "P-03: MEDUCA");
        var (answered, silent) = (await LinkAsync(late, "MIDES"), await LinkAsync(late, "MEDUCA"));
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(late, answered, Answer("P-02", "approve"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(late, answered, await CodeAsync(late, "MIDES"))).StatusCode);
        await late.AdvanceToAsync("2019-06-18T09:00");
        using var staff = await late.SignInAsync();
        await staff.AdoptThemeAsync("T-01", "Agua", "MIDES");
        await staff.HoldMeetingAsync("methods-meeting", "2019-06-17");

        // Not while a nota waits for its answer.
        var next = NextCycle("2021-2023");
        Assert.Contains("Hay notas que esperan respuesta: 1", await staff.RefusedAsync("/staff/cycles", ("text", next), ("act", "preview")), StringComparison.Ordinal);
        await staff.DoneAsync("/staff/requests", ("close", "validation-1"));
        Assert.Contains("falta el identificador", await staff.RefusedAsync("/staff/cycles", ("text", "{}"), ("act", "preview")), StringComparison.Ordinal);
        Assert.Contains("Ya hay un ciclo", await staff.RefusedAsync("/staff/cycles", ("text", NextCycle("2019-2021")), ("act", "preview")), StringComparison.Ordinal);
        var seen = await ReadAsync(await staff.PostAsync("/staff/cycles", Form(("text", next), ("act", "preview")), Cancel));
        Assert.Contains("5.° Plan", seen, StringComparison.Ordinal);
        Assert.Equal("2019-2021", await CycleAsync(late));
        for (var times = 0; times < 2; times++)
        {
            await staff.DoneAsync("/staff/cycles", ("text", next), ("act", "begin"), ("succeeds", "2019-2021"));
        }
        Assert.Equal("2021-2023", await CycleAsync(late));

        // What was said in the cycle before is where it was.
        Assert.Contains("Agua potable", await late.Http.ReadAsync($"/proposals/{code}"), StringComparison.Ordinal);
        Assert.Equal("Agua potable", (await late.Http.GetFromJsonAsync<JsonElement>($"/api/proposals/{code}", Cancel)).GetProperty("title").GetString());
        Assert.Contains("Respuesta registrada", await late.Http.ReadAsync($"/r?t={answered}&lang=es"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await late.Http.GetAsync($"/r?t={silent}", Cancel)).StatusCode);
        foreach (var (path, there) in new[]
        {
            ("/plan", "4.° Plan"), ("/themes", "Agua"), ("/themes/T-01", "Así lo acordó la Comisión."), ("/commitments", "P-02"), ("/commitments/P-02", "Institución MIDES"),
            ("/meetings", "Reunión de la CNGAP"), ("/meetings/R-001", "Se acordó la convocatoria."), ("/requests", "Institución MEDUCA"), ("/requests/001-2019", "Ronda cerrada"), ("/proposals", "Agua potable"),
        })
        {
            var page = await late.Http.ReadAsync($"{path}?cycle=2019-2021&lang=es");
            Assert.Contains(there, page, StringComparison.Ordinal);
            Assert.Contains("un ciclo que ya terminó", page, StringComparison.Ordinal);
            // Under the same path, the cycle that began has nothing of it yet.
            using var now = await late.Http.GetAsync($"{path}?lang=es", Cancel);
            Assert.DoesNotContain("un ciclo que ya terminó", await now.ReadAsync(), StringComparison.Ordinal);
            Assert.Equal(path is "/themes/T-01" or "/commitments/P-02" or "/meetings/R-001" or "/requests/001-2019" ? HttpStatusCode.NotFound : HttpStatusCode.OK, now.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await late.Http.GetAsync($"{path}?cycle=1999", Cancel)).StatusCode);
        }
        Assert.Contains("5.° Plan", await late.Http.ReadAsync("/plan?lang=es"), StringComparison.Ordinal);
        for (var tries = 0; tries < 100 && (await late.Http.ReadAsync("/proposals")).Contains(code!, StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100, Cancel);
        }
        Assert.DoesNotContain(code!, await late.Http.ReadAsync("/proposals"), StringComparison.Ordinal);

        // No notice of the cycle before goes out any more, and those of the new one are planned.
        var mails = (await late.MailsAsync(StaffSignIn.Organiser, 1)).Count;
        // The activities of the cycle before would have closed, and been late.
        await late.AdvanceToAsync("2019-07-05T12:00");
        Assert.Equal(mails, (await late.MailsAsync(StaffSignIn.Organiser, mails)).Count);
        var planned = await staff.GetFromJsonAsync<JsonElement>("/api/staff/notices?from=2021-01-01&to=2021-02-28", Cancel);
        Assert.Contains(planned.GetProperty("upcoming").EnumerateArray(), notice => notice.GetProperty("subject").GetString() == "methods-meeting");
    }

    private static async Task<string?> CycleAsync(TestService late)
    {
        await late.AdvanceByAsync("PT1M");
        return (await late.Http.GetFromJsonAsync<JsonElement>("/api/chronogram", Cancel)).GetProperty("cycle").GetString();
    }

    /// <summary>The first cycle two years later.</summary>
    private static string NextCycle(string id)
    {
        using var file = typeof(Service).Assembly.GetManifestResourceStream("OpenGov.Functions.Cycles.Data.panama-2019-2021.json")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Replace("\"2020-", "\"2022-", StringComparison.Ordinal).Replace("\"2019-", "\"2021-", StringComparison.Ordinal)
            .Replace("\"2021-2021\"", $"\"{id}\"", StringComparison.Ordinal).Replace("4.° Plan de Acción", "5.° Plan de Acción", StringComparison.Ordinal);
    }

    private sealed class LateCycle() : TestService("2019-04-05T09:00"), IAsyncDisposable;

    /// <summary>The page's fields as they stand, with other dates for some.</summary>
    private static async Task<IReadOnlyList<(string, string)>> FormAsync(HttpClient staff, Dictionary<string, (string, string)> moved)
    {
        var chronogram = await staff.GetFromJsonAsync<JsonElement>("/api/chronogram", Cancel);
        return
        [
            ("seen", "1"), ("responses-opens", "2019-05-03"), ("responses-closes", "2019-05-31"),
            .. chronogram.GetProperty("activities").EnumerateArray().SelectMany(activity =>
            {
                var key = activity.GetProperty("key").GetString()!;
                var dates = moved.TryGetValue(key, out var other) ? other : (activity.GetProperty("opens").GetString()!, activity.GetProperty("closes").GetString()!);
                return new[] { ($"{key}-opens", dates.Item1), ($"{key}-closes", dates.Item2) };
            }),
        ];
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadAsync();
    }
}
