using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Plans;

public sealed class QuorumService() : TestService("2019-11-05T09:00");

/// <summary>The forum that cannot approve: without members, with too few asked, against, or with one who left.</summary>
public sealed class QuorumTests(QuorumService service, TestBrowser browser) : IClassFixture<QuorumService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly (string, string)[] Approve = [("act", "approve"), ("number", "1"), ("minutes", "Acta")];

    [Fact]
    public async Task A_quorum_that_cannot_be_reached_is_said_and_a_member_who_left_counts_no_more()
    {
        using var staff = await service.SignInAsync();
        (await staff.PostAsJsonAsync("/api/staff/import/commitments", new[]
        {
            new { number = "C-01", title = "Portal", theme = "Datos", text = "Seguir.", lead = "MEF", continuedPlan = "Tercer Plan", continuedNumber = "1", completion = "limited" },
        }, Cancel)).EnsureSuccessStatusCode();
        await staff.DoneAsync("/staff/plan", ("act", "draft"), ("introduction", "El plan."));

        // Nobody can approve it.
        Assert.Contains("La CNGAP no tiene miembros registrados: nadie puede aprobar el plan", await staff.ReadAsync("/staff/plan"), StringComparison.Ordinal);
        Assert.Contains("La CNGAP no tiene miembros registrados: no hay a quién preguntar", await staff.ReadAsync("/staff/ask/plan-approval"), StringComparison.Ordinal);
        Assert.Contains("La CNGAP no tiene miembros registrados", await staff.RefusedAsync("/staff/plan", Approve), StringComparison.Ordinal);

        // The quorum is of all members: two who were picked do not approve for four.
        await ImportAsync(staff, Member(1, "ana"), Member(2, "beto"), Member(3, "carla"), Member(4, "dario"));
        await PlanTests.CirculateAsync(staff, "1", "M-01", "M-02");
        await PlanTests.VoteAsync(service, "ana", 1, "approve");
        await PlanTests.VoteAsync(service, "beto", 1, "approve");
        Assert.Contains("consulte por lo menos a 1 miembros más", await staff.ReadAsync("/staff/plan"), StringComparison.Ordinal);
        Assert.Contains("La aprueban 2 miembros; hacen falta 3, más de la mitad de los 4 de la CNGAP.", await staff.RefusedAsync("/staff/plan", Approve), StringComparison.Ordinal);

        // Who leaves is told, his nota is annulled with the reason, and the public reads it.
        await PlanTests.CirculateAsync(staff, "1", "M-03", "M-04");
        await service.MailsAsync("dario.foro@example.org", 1);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/members");
        await page.GetByText("Un miembro deja la CNGAP").PressAsync("Enter");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Retirarlo de la CNGAP" }).ClickAsync();
        Assert.Contains("Elija el miembro", await page.Locator(".error-summary").InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("member-leave-errors");
        await page.GetByLabel("Miembro", new() { Exact = true }).SelectOptionAsync("M-04");
        await page.GetByLabel("Razón").FillAsync("Renunció el 4 de noviembre.");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Retirarlo de la CNGAP" }).ClickAsync();
        Assert.Contains("El miembro dejó la CNGAP.", await page.GetByRole(Microsoft.Playwright.AriaRole.Status).First.InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("member-left");
        Assert.Contains(await service.MailsAsync("dario.foro@example.org", 2), mail => mail.GetProperty("text").GetString()!.Contains("Renunció el 4 de noviembre.", StringComparison.Ordinal));
        Assert.Equal("annulled", await StateOfAsync("M-04"));
        Assert.DoesNotContain("Dario", await service.Http.ReadAsync("/meetings?lang=es"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Conflict, (await staff.PostAsync("/staff/members/leave", StaffSignIn.Form(("member", "M-04"), ("leave-reason", "Otra vez.")), Cancel)).StatusCode);

        // What was answered stands, and counts no more once its member left.
        await staff.DoneAsync("/staff/members/leave", ("member", "M-02"), ("leave-reason", "Terminó su período."));
        Assert.Equal("confirmed", await StateOfAsync("M-02"));
        Assert.Contains("La aprueban 1 miembros; hacen falta 2, más de la mitad de los 2 de la CNGAP.", await staff.RefusedAsync("/staff/plan", Approve), StringComparison.Ordinal);
        await PlanTests.VoteAsync(service, "carla", 1, "changes", ("comments", "Faltan metas."));
        Assert.Contains("Con estas respuestas la versión ya no puede aprobarse", await staff.ReadAsync("/staff/plan"), StringComparison.Ordinal);

        // Another person takes the seat: the nota is reissued, and the word given stands until it is rectified.
        await ImportAsync(staff, Member(3, "elsa"));
        await PlanTests.VoteAsync(service, "elsa", 1, "approve");
        await staff.DoneAsync("/staff/plan", Approve);

        // A date before what it must follow is refused, as the rule says.
        Assert.Contains("La entrega no puede ser anterior a la aprobación", await staff.RefusedAsync("/staff/plan", ("act", "deliver"), ("on", "2019-11-04"), ("reference", "Recibido")), StringComparison.Ordinal);
        Assert.Contains("El día no puede estar en el futuro", await staff.RefusedAsync("/staff/plan", ("act", "deliver"), ("on", "2019-11-06"), ("reference", "Recibido")), StringComparison.Ordinal);
        await staff.DoneAsync("/staff/plan", ("act", "deliver"), ("on", "2019-11-05"), ("reference", "Recibido"), ("translation", ""));
        await staff.DoneAsync("/staff/plan", ("act", "amend"), ("versions", "1"), ("commitment", "C-01"), ("after", "Seguir mejor."), ("reason", "Se pidió."), ("askedBy", "MEF"), ("approvedBy", "CNGAP"));
        Assert.Contains("El nuevo envío no puede ser anterior a la modificación", await staff.RefusedAsync("/staff/plan", ("act", "resubmit"), ("number", "2"), ("on", "2019-11-04"), ("reference", "Recibido")), StringComparison.Ordinal);
    }

    private static string Member(int number, string name) => $"M-0{number},{name},Organización {number},no,{name}.foro@example.org";

    private static async Task ImportAsync(HttpClient staff, params string[] members) => Assert.Equal(HttpStatusCode.OK, (await staff.PostAsync(
        "/api/staff/import/members", new StringContent($"code,name,organization,government,email\n{string.Join('\n', members)}\n", System.Text.Encoding.UTF8, "text/csv"), Cancel)).StatusCode);

    private async Task<string?> StateOfAsync(string member)
    {
        for (var tries = 0; ; tries++)
        {
            var nota = (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", Cancel)).GetProperty("items").EnumerateArray().Last(one => one.GetProperty("institution").GetString() == member);
            if (nota.GetProperty("state").GetString() is var state && (state != "sent" || tries > 60))
            {
                return state;
            }
            await Task.Delay(100, Cancel);
        }
    }
}
