using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Meetings;

public sealed class AugustService() : TestService("2019-08-01T09:00");

/// <summary>Activity 8: each institution is asked for a meeting of its authority, and guests say whether they come.</summary>
public sealed partial class HighLevelTests(AugustService service, TestBrowser browser) : IClassFixture<AugustService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_institution_chooses_a_date_staff_announce_the_meeting_and_its_guests_answer_the_invitation()
    {
        using var staff = await service.SignInAsync();
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "MEF", "AIG");
        await staff.PostAsync("/api/staff/import/members", new StringContent("code,name,organization,government,email\nM-01,Ana Ríos,ANTAI,sí,ana.foro@example.org\nM-02,Beto Paz,Fundación,no,beto.foro@example.org\n", Encoding.UTF8, "text/csv"), Cancel);
        Assert.Contains("Instituciones sin reunión de alto nivel: 2", await staff.ReadAsync("/staff/activities"), StringComparison.Ordinal);

        Task<HttpResponseMessage> Send(string details) =>
            staff.PostAsJsonAsync("/api/staff/requests", new { kind = "high-level-meeting", due = "2019-08-09", details }, Cancel);
        Assert.Contains("como 2019-08-12 09:00", (await (await Send("cualquier día")).Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await Send("2019-08-13 15:00\n2019-08-12 09:00")).StatusCode);

        // It does not bind: the answer counts as it is sent, and can be changed.
        var link = await LinkAsync(service, "MEF");
        Assert.Contains("lunes 12 de agosto de 2019, 09:00", await service.Http.ReadAsync($"/r?t={link}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, link, Answer("1", "date-3"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, Answer("1", "other", ("proposed", "el 20 de agosto")))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, Answer("1", "date-1", ("attends", "La ministra")))).StatusCode);
        Assert.Contains("Respuesta registrada", await service.Http.ReadAsync($"/r?t={link}&lang=es"), StringComparison.Ordinal);
        Assert.DoesNotContain(await service.MailsAsync(MailboxOf("MEF"), 3), mail => Subject(mail).StartsWith("Código", StringComparison.Ordinal));

        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/meetings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Programar la reunión" }).ClickAsync();
        Assert.Equal("2019-08-12", await page.Locator("#define-date").InputValueAsync());
        await page.Locator("#define-place").FillAsync("Despacho del MEF");
        await page.ShowsWellAsync("high-level-announce");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anunciarla" }).ClickAsync();
        await page.GetByText("Invitar", new() { Exact = true }).First.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar las invitaciones" }).ClickAsync();
        await page.ShowsWellAsync("high-level-invited");

        // A guest answers from the invitation's link, with no account.
        var invitation = await InvitationAsync("beto.foro@example.org");
        await page.ShowsWellAtAsync($"/r?t={invitation}", "reply");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Irá otra persona" }).CheckAsync();
        await page.GetByLabel("Quién irá").FillAsync("Carla Mora");
        await page.GetByLabel("Nombre de quien responde").FillAsync("Beto Paz");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar la respuesta" }).ClickAsync();
        await page.ShowsWellAsync("replied");
        Assert.Contains("irá otra persona: Carla Mora", await staff.ReadAsync("/staff/meetings/R-001"), StringComparison.Ordinal);
        foreach (var open in new[] { "/requests", "/api/requests", "/meetings/R-001" })
        {
            Assert.DoesNotContain("Carla Mora", await service.Http.ReadAsync(open), StringComparison.Ordinal);
        }

        await service.AdvanceToAsync("2019-08-13T08:30");
        using var later = await service.SignInAsync();
        await later.DoneAsync("/staff/meetings/R-001", ("act", "attend"), ("sector-public", "4"), ("came", "beto.foro@example.org"));
        foreach (var language in new[] { "es", "en" })
        {
            await page.GotoAsync($"/meetings?lang={language}");
            Assert.Contains(language == "es" ? "realizada" : "held", await page.ContentAsync(), StringComparison.Ordinal);
            await page.ShowsWellAsync($"high-level-{language}");
        }
        Assert.Contains("Instituciones sin reunión de alto nivel: 1", await later.ReadAsync("/staff/activities"), StringComparison.Ordinal);
    }

    private async Task<string> InvitationAsync(string mailbox)
    {
        var mail = (await service.MailsAsync(mailbox, 1)).First(mail => Subject(mail).StartsWith("Invitación", StringComparison.Ordinal));
        return Token().Match(mail.GetProperty("text").GetString()!).Groups[1].Value;
    }

    [GeneratedRegex(@"/r\?t=(\S+)")]
    private static partial Regex Token();
}
