using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using OpenGov.Functions.Staff.Intake;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Themes;

/// <summary>Activity 3: what the forum's members think is at hand when they meet.</summary>
public sealed partial class ThemeReviewTests(ReviewService service, TestBrowser browser) : IClassFixture<ReviewService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_say_before_the_meeting_what_should_become_of_each_candidate_theme()
    {
        using var staff = await service.SignInAsync();
        await staff.PostAsync("/api/staff/import/members", new StringContent(
            "code,name,organization,government,email\nM-01,Ana Ríos,ANTAI,sí,ana.foro@example.org\nM-02,Beto Paz,Fundación,no,beto.foro@example.org\nM-03,Carla Mora,Universidad,no,carla.foro@example.org\n", Encoding.UTF8, "text/csv"), Cancel);
        await staff.DoneAsync("/staff/themes", ("name", "Datos abiertos"), ("summary", "Lo que el Estado publica."));
        await staff.DoneAsync("/staff/themes", ("name", "Deporte"), ("summary", ""));
        await staff.DoneAsync("/staff/proposals/sort", ("act", "marked"), ("into", "T-01"), ("code", service.CodeOf("ana")), ("code", service.CodeOf("ben")));
        (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "theme-review", due = "2019-05-02" }, Cancel)).EnsureSuccessStatusCode();

        var ana = await LinkAsync("ana");
        Assert.Contains("Propuestas clasificadas en ella: 2", await service.Http.ReadAsync($"/r?t={ana}&lang=es"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, ana, [.. Answer("T-01", "adopt", ("remarks", "Es lo más pedido.")), ("items[T-02].choice", "leave-out"), ("items[T-02].reasons", "No es gobierno abierto.")])).StatusCode);
        var beto = await LinkAsync("beto");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, beto, [.. Answer("T-01", "adopt"), ("items[T-02].choice", "join")])).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, beto, [.. Answer("T-01", "adopt"), ("items[T-02].choice", "join"), ("items[T-02].with", "A datos abiertos.")])).StatusCode);

        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await page.ShowsWellAtAsync($"/r?t={await LinkAsync("carla")}", "theme-review");
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync("/staff/themes/T-02", "theme-opinions");
        var opinions = await page.Locator("section[aria-labelledby=opinions]").InnerTextAsync();
        Assert.Contains("faltan por responder: 1", opinions, StringComparison.Ordinal);
        Assert.Contains("Beto Paz, Fundación", opinions, StringComparison.Ordinal);
        Assert.Contains("No es gobierno abierto.", opinions, StringComparison.Ordinal);

        await page.ShowsWellAtAsync("/staff/answers/theme-review", "theme-review-answers");
        Assert.Equal(2, await page.Locator("section[aria-labelledby=item-T-01]").GetByText("aprobarla", new() { Exact = true }).CountAsync());
        var sheet = await staff.ReadAsync("/staff/answers/theme-review/sheet.csv");
        Assert.Contains("T-02,Deporte,", sheet, StringComparison.Ordinal);
        Assert.Contains(",Universidad,,,,", sheet, StringComparison.Ordinal);
        Assert.Contains("No es gobierno abierto.", sheet, StringComparison.Ordinal);

        // What the forum has decided is asked about no more.
        await staff.DoneAsync("/staff/themes/T-02", ("act", "decide"), ("outcome", "NotAdopted"), ("into", ""), ("reasons", "Así lo acordó la Comisión."), ("minutes", "Acta del 2 de mayo de 2019"), ("decidedOn", "2019-05-02"));
        await staff.DoneAsync("/staff/themes", ("name", "Agua"), ("summary", "Agua para todos."));
        Assert.DoesNotContain("Deporte", await staff.ReadAsync("/staff/ask/theme-review"), StringComparison.Ordinal);
        Assert.Contains("Agua", await staff.ReadAsync("/staff/ask/theme-review"), StringComparison.Ordinal);
        foreach (var open in new[] { "/requests", "/api/requests", "/themes/T-02" })
        {
            Assert.DoesNotContain("foro@example.org", await service.Http.ReadAsync(open), StringComparison.Ordinal);
        }
    }

    private async Task<string> LinkAsync(string member)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await service.MailsAsync($"{member}.foro@example.org", 1)).FirstOrDefault(mail => Subject(mail).Contains("temáticas candidatas", StringComparison.Ordinal)) is { ValueKind: System.Text.Json.JsonValueKind.Object } nota)
            {
                return Token().Match(nota.GetProperty("text").GetString()!).Groups[1].Value;
            }
            await Task.Delay(100, Cancel);
        }
        throw new InvalidOperationException($"No nota came to {member}.");
    }

    [GeneratedRegex(@"/r\?t=(\S+)")]
    private static partial Regex Token();
}
