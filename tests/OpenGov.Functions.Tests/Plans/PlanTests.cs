using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.Playwright;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Plans;

public sealed class NovemberService() : TestService("2019-11-05T09:00");

/// <summary>After the window for amendments, and in another year than the plan begins.</summary>
public sealed class LateService() : TestService("2020-09-01T09:00");

/// <summary>Activities 13, 14 and 15, and the amendments: versions, the forum's approval, delivery, launch.</summary>
public sealed partial class PlanTests(NovemberService service, TestBrowser browser) : IClassFixture<NovemberService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_circulated_redrafted_approved_by_the_forum_delivered_launched_and_amended()
    {
        using var staff = await service.SignInAsync();
        await PrepareAsync(staff);
        Assert.Contains("Todavía no hay una versión", await staff.ReadAsync("/staff/activities"), StringComparison.Ordinal);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/plan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Generar la versión" }).ClickAsync();
        await page.ShowsWellAsync("plan-errors");
        await page.Locator("#draft-introduction").FillAsync("Este plan nació de las propuestas de la ciudadanía.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Generar la versión" }).ClickAsync();
        await page.ShowsWellAsync("plan-drafted");

        // Two of three ask for changes: the version is out of reach.
        await CirculateAsync(staff, "1", "M-01", "M-02", "M-03");
        await VoteAsync("beto", 1, "changes", ("comments", "Falta el portal de compras."));
        await VoteAsync("carla", 1, "changes", ("comments", "Faltan metas."));
        Assert.Contains("ya no puede aprobarse", await staff.ReadAsync("/staff/plan"), StringComparison.Ordinal);
        Assert.Contains("La aprueban 0 miembros; hacen falta 2", await staff.RefusedAsync("/staff/plan", ("act", "approve"), ("number", "1"), ("minutes", "Acta")), StringComparison.Ordinal);

        // The next version says what changed.
        await ImportAsync(staff, Continued("C-01", "Portal de datos y de compras"), Continued("C-02", "Escuelas abiertas"), Continued("C-03", "Compras públicas"));
        await staff.DoneAsync("/staff/plan", ("act", "draft"), ("introduction", "Este plan nació de las propuestas de la ciudadanía."));
        await staff.DoneAsync("/staff/plan", ("act", "draft"), ("introduction", "Este plan nació de las propuestas de la ciudadanía."));
        foreach (var language in new[] { "es", "en" })
        {
            await page.ShowsWellAtAsync($"/plan/versions/2?lang={language}", $"plan-version-{language}");
        }
        var changes = await service.Http.ReadAsync("/plan/versions/2?lang=es");
        Assert.Contains("C-03: se agregó", changes, StringComparison.Ordinal);
        Assert.Contains("<del class=\"as-written\" dir=\"auto\">Portal de datos</del>", changes, StringComparison.Ordinal);
        await CirculateAsync(staff, "2", "M-01", "M-02", "M-03");
        await VoteAsync("ana", 2, "approve");
        await VoteAsync("beto", 2, "approve", ("remarks", "Bien."));
        Assert.Contains("no ha aprobado el plan", await staff.RefusedAsync("/staff/plan", ("act", "deliver"), ("on", "2019-11-05"), ("reference", "x")), StringComparison.Ordinal);
        await staff.DoneAsync("/staff/plan", ("act", "approve"), ("number", "2"), ("minutes", "Acta de la CNGAP del 5 de noviembre de 2019"));
        await staff.DoneAsync("/staff/activities", ("key", "plan-approval"), ("action", "done"));

        // The document is whole, and the package carries the evidence.
        using (var word = WordprocessingDocument.Open(new MemoryStream(await service.Http.GetByteArrayAsync("/plan/versions/2/plan.docx", Cancel)), false))
        {
            Assert.Equal([], new OpenXmlValidator().Validate(word, Cancel).Select(error => error.Description));
            Assert.Contains("Portal de datos y de compras", word.MainDocumentPart!.Document!.InnerText, StringComparison.Ordinal);
        }
        using (var zip = new ZipArchive(await service.Http.GetStreamAsync("/plan/package.zip", Cancel)))
        {
            using var evidence = new StreamReader(zip.GetEntry("evidence.csv")!.Open(), Encoding.UTF8);
            Assert.Contains("/plan/versions/2", await evidence.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        }

        // Activity 14: late against OGP's limit, and said so.
        await page.ShowsWellAtAsync("/staff/plan", "plan-to-deliver");
        await staff.DoneAsync("/staff/plan", ("act", "deliver"), ("on", "2019-11-05"), ("reference", "Recibido OGP-2019-77"), ("translation", ""));
        await staff.DoneAsync("/staff/plan", ("act", "deliver"), ("on", "2019-11-05"), ("reference", "Recibido OGP-2019-77"), ("translation", "https://example.org/plan-en"));
        Assert.Contains("Se entregó después del límite", await service.Http.ReadAsync("/plan?lang=es"), StringComparison.Ordinal);
        Assert.Contains("ya se entregó", await staff.RefusedAsync("/staff/plan", ("act", "draft"), ("introduction", "Otra")), StringComparison.Ordinal);

        // Activity 15: everybody who took part hears once.
        await page.GotoAsync("/staff/plan");
        await page.Locator("details:has(#launch-launch) > summary").PressAsync("Enter");
        await page.Locator("#launch-launch").ClickAsync();
        await page.ShowsWellAsync("plan-launched");
        await staff.DoneAsync("/staff/plan", ("act", "launch"));
        for (var tries = 0; tries < 100 && !(await service.MailsAsync("ana.foro@example.org", 1)).Any(IsLaunch); tries++)
        {
            await Task.Delay(100, Cancel);
        }
        Assert.Single(await service.MailsAsync("ana.foro@example.org", 1), IsLaunch);
        Assert.Single(await service.MailsAsync(MailboxOf("MEF"), 1), IsLaunch);

        // An amendment says before and after, who asked and who approved, and goes to AGA again.
        (string, string)[] amendment = [("act", "amend"), ("versions", "2"), ("commitment", "C-02"), ("after", "Escuelas abiertas en las diez provincias."), ("reason", "Se sumó el MEDUCA."), ("askedBy", "MEDUCA"), ("approvedBy", "CNGAP, acta del 5 de noviembre")];
        Assert.Contains("igual al que está vigente", await staff.RefusedAsync("/staff/plan", [.. amendment[..3], ("after", "Seguir con Escuelas abiertas."), .. amendment[4..]]), StringComparison.Ordinal);
        await staff.DoneAsync("/staff/plan", amendment);
        await staff.DoneAsync("/staff/plan", amendment);
        await staff.DoneAsync("/staff/plan", ("act", "resubmit"), ("number", "3"), ("on", "2019-11-05"), ("reference", "Recibido OGP-2019-90"));
        foreach (var language in new[] { "es", "en" })
        {
            await page.GotoAsync($"/plan?lang={language}");
            Assert.Contains("OGP-2019-90", await page.ContentAsync(), StringComparison.Ordinal);
            await page.ShowsWellAsync($"plan-{language}");
            await page.ShowsWellAtAsync($"/plan/versions/3?lang={language}", $"plan-amended-{language}");
        }
        Assert.DoesNotContain("diez provincias", await service.Http.ReadAsync("/plan/versions/2?lang=es"), StringComparison.Ordinal);
        await page.ShowsWellAtAsync("/staff/plan", "plan-console");

        bool IsLaunch(System.Text.Json.JsonElement mail) => Subject(mail).StartsWith("El plan de gobierno abierto", StringComparison.Ordinal);
    }

    internal static async Task PrepareAsync(HttpClient staff)
    {
        await staff.PostAsync("/api/staff/import/members", new StringContent(
            "code,name,organization,government,email\nM-01,Ana Ríos,ANTAI,sí,ana.foro@example.org\nM-02,Beto Paz,Fundación,no,beto.foro@example.org\nM-03,Carla Mora,Universidad,no,carla.foro@example.org\n", Encoding.UTF8, "text/csv"), Cancel);
        await ImportAsync(staff, Continued("C-01", "Portal de datos"), Continued("C-02", "Escuelas abiertas"));
    }

    private static object Continued(string number, string title) =>
        new { number, title, theme = "Datos abiertos", text = $"Seguir con {title}.", lead = "MEF", continuedPlan = "Tercer Plan", continuedNumber = number, completion = "limited" };

    private static async Task ImportAsync(HttpClient staff, params object[] commitments) =>
        Assert.Equal(HttpStatusCode.OK, (await staff.PostAsJsonAsync("/api/staff/import/commitments", commitments, Cancel)).StatusCode);

    internal static async Task CirculateAsync(HttpClient staff, string version, params string[] members)
    {
        var sent = await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "plan-approval", to = members, due = "2020-12-31" }, Cancel);
        Assert.True(sent.StatusCode == HttpStatusCode.Accepted, $"Version {version}: {await sent.Content.ReadAsStringAsync(Cancel)}");
    }

    private Task VoteAsync(string member, int version, string choice, params (string, string)[] texts) => VoteAsync(service, member, version, choice, texts);

    internal static async Task VoteAsync(TestService service, string member, int version, string choice, params (string, string)[] texts)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var notas = (await service.MailsAsync($"{member}.foro@example.org", version)).Where(mail => Subject(mail).Contains("aprobación del plan", StringComparison.Ordinal)).ToList();
            if (notas.Count >= version)
            {
                var token = Token().Match(notas[0].GetProperty("text").GetString()!).Groups[1].Value;
                Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, token, Answer($"{version}", choice, texts))).StatusCode);
                return;
            }
            await Task.Delay(100, Cancel);
        }
        throw new InvalidOperationException($"Version {version} did not come to {member}.");
    }

    [GeneratedRegex(@"/r\?t=(\S+)")]
    private static partial Regex Token();
}

public sealed class LatePlanTests(LateService service) : IClassFixture<LateService>
{
    [Fact]
    public async Task A_plan_of_another_year_is_contrary_to_process_and_after_the_window_nothing_is_amended()
    {
        using var staff = await service.SignInAsync();
        await PlanTests.PrepareAsync(staff);
        await staff.DoneAsync("/staff/plan", ("act", "draft"), ("introduction", "El plan."));
        await PlanTests.CirculateAsync(staff, "1", "M-01", "M-02", "M-03");
        await PlanTests.VoteAsync(service, "ana", 1, "approve");
        await PlanTests.VoteAsync(service, "beto", 1, "approve");
        await staff.DoneAsync("/staff/plan", ("act", "approve"), ("number", "1"), ("minutes", "Acta"));
        await staff.DoneAsync("/staff/plan", ("act", "deliver"), ("on", "2020-09-01"), ("reference", "Recibido"), ("translation", ""));

        Assert.Contains("contrario al proceso", await service.Http.ReadAsync("/plan?lang=es"), StringComparison.Ordinal);
        Assert.Contains("El plazo para modificar el plan terminó el lunes 31 de agosto de 2020", await staff.RefusedAsync(
            "/staff/plan", ("act", "amend"), ("versions", "1"), ("commitment", "C-01"), ("after", "Otro"), ("reason", "x"), ("askedBy", "x"), ("approvedBy", "x")), StringComparison.Ordinal);
    }
}
