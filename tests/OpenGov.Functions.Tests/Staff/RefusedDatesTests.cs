using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Files;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff;

/// <summary>From the first day of the validation on.</summary>
public sealed class RefusedDatesService() : StaffedService("2019-10-01T09:00");

/// <summary>A date that ends before it begins, has passed, or precedes what it must follow: refused at its field, in Spanish, with what was typed kept.</summary>
public sealed class RefusedDatesTests(RefusedDatesService service) : IClassFixture<RefusedDatesService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly HttpClient staff = service.Staff;

    [Theory]
    [InlineData("09:00", "08:00", "Termina antes de empezar")]
    [InlineData("09:00", "09:00", "Termina antes de empezar")]
    [InlineData("9", "12:00", "Escriba la hora")]
    public async Task A_meeting_ends_after_it_begins(string from, string to, string message)
    {
        var refused = await staff.RefusedAsync(
            "/staff/meetings", ("kind", "Forum"), ("activity", "outreach"), ("title", "Reunión al revés"), ("date", "2019-10-10"), ("from", from), ("to", to), ("place", "Sede"));
        Assert.Contains(message, refused, StringComparison.Ordinal);
        Assert.Contains("Reunión al revés", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2019-05-01", "Ese día la convocatoria no estaba abierta")]
    [InlineData("2019-02-21", "Ese día la convocatoria no estaba abierta")]
    [InlineData("2019-10-02", "La sesión todavía no se ha celebrado")]
    [InlineData("30/04/2019", "Escriba el día de la sesión")]
    public async Task A_session_was_held_while_the_call_was_open(string date, string message) =>
        Assert.Contains(message, await staff.RefusedAsync("/staff/channels", ("name", "Feria de Colón"), ("kind", "session"), ("date", date)), StringComparison.Ordinal);

    [Fact]
    public async Task A_nota_is_due_on_a_day_that_has_not_passed()
    {
        (await staff.PostAsync("/api/staff/import/commitments", new StringContent("number,title,theme,text,lead\nD-01,Datos,Tema,Publicar,MEF\n", Encoding.UTF8, "text/csv"), Cancel)).EnsureSuccessStatusCode();
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "AIG");
        foreach (var (due, message) in new[] { ("2019-09-30", "La fecha límite ya pasó."), ("30/10/2019", "Escriba la fecha límite como AAAA-MM-DD.") })
        {
            foreach (var step in new[] { "preview", "send" })
            {
                Assert.Contains(message, await staff.RefusedAsync("/staff/commitments", ("commitment", "D-01"), ("due", due), ("step", step)), StringComparison.Ordinal);
                foreach (var kind in new[] { "designation", "high-level-meeting" })
                {
                    Assert.Contains(message, await staff.RefusedAsync($"/staff/ask/{kind}", ("to", "AIG"), ("due", due), ("details", "2019-10-12 09:00"), ("step", step)), StringComparison.Ordinal);
                }
            }
        }
        foreach (var asked in new object[] { new { kind = "validation", commitments = new[] { "D-01" }, due = "2019-09-30" }, new { kind = "designation", to = new[] { "AIG" }, due = "2019-09-30" } })
        {
            var refused = await staff.PostAsJsonAsync("/api/staff/requests", asked, Cancel);
            Assert.Equal((HttpStatusCode.BadRequest, "La fecha límite ya pasó."), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").GetProperty("due")[0].GetString()));
        }
        Assert.DoesNotContain((await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", Cancel)).GetProperty("items").EnumerateArray(), nota => nota.GetProperty("institution").GetString() is "MEF" or "AIG");
    }

    [Theory]
    [InlineData("extend", "2019-10-10", "", "El nuevo plazo debe ser posterior al vigente.")]
    [InlineData("extend", "2019-10-11", "", "El nuevo plazo debe ser posterior al vigente.")]
    [InlineData("extend", "octubre", "", "Indique la fecha límite (AAAA-MM-DD).")]
    [InlineData("reissue", "2019-10-10", "", "El nuevo plazo debe ser posterior al vigente.")]
    [InlineData("paper-answer", "2019-10-02", "", "La nota firmada no puede haberse recibido después de hoy.")]
    [InlineData("paper-answer", "2019-09-30", "", "La nota firmada no puede haberse recibido antes de enviarse la nota.")]
    [InlineData("paper-answer", "2019-10-01", "2019-10-05", "La fecha de la firma es posterior a la de recepción.")]
    [InlineData("paper-answer", "", "ayer", "Escriba el día en que se recibió la nota firmada.")]
    [InlineData("paper-answer", "2019-10-01", "ayer", "Escriba la fecha de la firma como AAAA-MM-DD, o déjela en blanco.")]
    public async Task What_staff_do_to_a_nota_keeps_the_order_of_its_dates(string act, string date, string signedOn, string message)
    {
        var id = await SentAsync(act);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(act), "act" }, { new StringContent("Lo que se escribió."), "reason" }, { new StringContent(date), "due" }, { new StringContent(date), "received" }, { new StringContent(signedOn), "signed" },
            { new StringContent("develop"), "items[X-01].choice" }, { new StringContent("Ana Ríos"), "name" }, { new StringContent("Ministra"), "office" },
            { new ByteArrayContent(Scans.Pdf(act)) { Headers = { ContentType = new("application/pdf") } }, "scan", "nota.pdf" },
        };
        var page = await staff.PostAsync($"/staff/requests/{id}", form, Cancel);

        var refused = await page.ReadAsync();
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(message, refused, StringComparison.Ordinal);
        Assert.Contains(act == "paper-answer" ? "Ana Ríos" : "Lo que se escribió.", refused, StringComparison.Ordinal);
        var byApi = await staff.PostAsync($"/api/staff/requests/{id}/{act}", form, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, byApi.StatusCode);
        Assert.Contains(message, await byApi.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starts", "ends", "2020-06-30", "2020-01-01", "el fin no puede ser anterior al inicio")]
    [InlineData("starts-1", "ends-1", "2020-06-30", "2020-01-01", "el fin no puede ser anterior al inicio")]
    [InlineData("starts-1", "ends-1", "junio", "2020-01-01", "escriba una fecha, como 2019-10-25")]
    public async Task A_commitment_and_its_goals_end_after_they_begin(string starts, string ends, string from, string to, string message)
    {
        var id = await SentAsync($"goals-{starts}");
        var request = (await service.Services.GetRequiredService<RequestStore>().FindAsync((await CycleAsync()).Id, id, Cancel))!.Record;
        var answer = await Validations.ValidationRound.PostAsync(service, service.Services.GetRequiredService<RequestLinks>().TokenFor(request),
            [.. Validations.ValidationRound.Answer("X-01", "develop", ("milestone-1", "Publicar"), (starts, from), (ends, to))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(message, await answer.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_settle_of_a_commitment_ends_after_it_begins()
    {
        (await staff.PostAsJsonAsync("/api/staff/import/commitments", new[]
        {
            new { number = "G-01", title = "Portal", theme = "Datos", text = "Seguir.", lead = "MEF", continuedPlan = "Tercer Plan", continuedNumber = "1", completion = "limited" },
        }, Cancel)).EnsureSuccessStatusCode();
        Assert.Contains("El fin no puede ser anterior al inicio.", await staff.RefusedAsync("/staff/development/G-01", ("starts", "2020-06-30"), ("ends", "2020-01-01")), StringComparison.Ordinal);
        Assert.Contains("El fin no puede ser anterior al inicio.", await staff.RefusedAsync("/staff/development/G-01", ("milestone-1", "Publicar"), ("starts-1", "2020-06-30"), ("ends-1", "2020-01-01")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_of_the_forum_has_come_a_handover_has_its_day_and_dates_of_the_chronogram_do_not_run_backwards()
    {
        await staff.DoneAsync("/staff/themes", ("name", "Deporte"), ("summary", ""));
        var theme = (await staff.ReadAsync("/staff/themes")).Split("/staff/themes/T-")[^1][..2];
        Assert.Contains("El día de la decisión no ha llegado", await staff.RefusedAsync(
            $"/staff/themes/T-{theme}", ("act", "decide"), ("outcome", "Adopted"), ("into", ""), ("reasons", "Sí."), ("minutes", "Acta"), ("decidedOn", "2019-10-02")), StringComparison.Ordinal);
        Assert.Contains("Escriba el día en que asume.", await staff.RefusedAsync("/staff/institutions/MOP", ("act", "announce"), ("from", "31/02/2019"), ("name", "Eva Sol")), StringComparison.Ordinal);

        var chronogram = await service.Http.GetFromJsonAsync<JsonElement>("/api/chronogram", Cancel);
        (string, string)[] fields =
        [
            ("seen", "1"), ("reason", "Se movió."), ("responses-opens", "2019-05-03"), ("responses-closes", "2019-05-31"),
            .. chronogram.GetProperty("activities").EnumerateArray().SelectMany(activity => new[] { "opens", "closes" }.Select(end => ($"{activity.GetProperty("key")}-{end}", activity.GetProperty(end).GetString()!))),
        ];
        var backwards = fields.Select(field => field.Item1 == "launch-closes" ? ("launch-closes", "2019-12-01") : field).ToArray();
        foreach (var act in new[] { "preview", "apply" })
        {
            var refused = await staff.RefusedAsync("/staff/activities/dates", [("act", act), .. backwards]);
            Assert.Contains("<a href=\"#launch-closes\">Termina antes de empezar</a>", refused, StringComparison.Ordinal);
            Assert.Contains("value=\"2019-12-01\"", refused, StringComparison.Ordinal);
        }
    }

    /// <summary>A nota of the kind that has dates of its own.</summary>
    private async Task<string> SentAsync(string what)
    {
        var cycle = await CycleAsync();
        var id = $"fechas-{what}-{Guid.NewGuid():N}";
        await service.Services.GetRequiredService<SendRequest>().SendAsync(
            new OfficialRequest(
                cycle.Id, id, DevelopmentKind.Name, $"Nota {what}", 1, "NADIE", "Institución", new Office("Enlace", "enlace@example.org"), null,
                [new RequestItem("X-01", "Un asunto", "Texto.", JsonSerializer.SerializeToElement(new DevelopmentItem(IsLead: true), Json.Options))],
                service.Services.GetRequiredService<TimeProvider>().GetCurrentInstant(), new LocalDate(2019, 10, 11)),
            cycle, Cancel);
        return id;
    }

    private ValueTask<Cycle> CycleAsync() => service.Services.GetRequiredService<CurrentCycle>().GetAsync(Cancel);
}
