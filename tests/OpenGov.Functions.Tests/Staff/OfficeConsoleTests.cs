using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using OpenGov.Functions.Staff.Intake;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Staff;

/// <summary>Staff announce and record who holds an office; its notas follow. The clock stands in October.</summary>
public sealed class OfficeConsoleTests(OctoberService service, TestBrowser browser) : IClassFixture<OctoberService>, IAsyncLifetime
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    /// <summary>A mailbox gets only so many sign-in links an hour.</summary>
    public async ValueTask InitializeAsync() => await service.AdvanceByAsync("PT13M");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task A_change_is_announced_and_then_recorded_on_the_institutions_page(int width)
    {
        var code = $"OA{width}";
        await SendAsync(service, new(2019, 10, 11), $"O-{width}: {code}");
        await LinkAsync(service, code);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width, script: true);
        await service.SignInAsync(page);
        await page.ShowsWellAtAsync("/staff/institutions", $"offices-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Institución {code}" }).ClickAsync();

        await page.GetByText("Anunciar un cambio de titular").First.PressAsync("Enter");
        await page.Locator("#announce-name").FillAsync("Eva Díaz");
        await page.Locator("button[value=announce]").ClickAsync();
        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync($"office-error-{width}");
        Assert.Equal("Eva Díaz", await page.Locator("#announce-name").InputValueAsync());
        await page.Locator("#announce-from").FillAsync("2019-10-01");
        await page.Locator("button[value=announce]").ClickAsync();
        await page.ShowsWellAsync($"office-announced-{width}");

        // The day has come: the overview asks for who took over.
        await page.ShowsWellAtAsync("/staff", $"office-overview-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Institución {code}: el cambio de titular" }).ClickAsync();
        await page.GetByText("Registrar a un nuevo titular").First.PressAsync("Enter");
        Assert.Equal("Eva Díaz", await page.Locator("#holder-name").InputValueAsync());
        await page.Locator("#holder-acting").CheckAsync();
        await page.Locator("button[value=holder]").ClickAsync();
        await Assertions.Expect(page.GetByText("Eva Díaz (encargado/a)")).ToBeVisibleAsync();
        await page.ShowsWellAsync($"office-succeeded-{width}");
        var again = (await service.MailsAsync(MailboxOf(code), 2))[0];
        Assert.Contains("Eva Díaz", again.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_members_who_change_one_office_at_once_one_wins_and_the_same_sent_again_gets_its_first_answer()
    {
        using var antai = await service.SignInAsync();
        await SendAsync(service, new(2019, 10, 11), "O-02: OB");
        await LinkAsync(service, "OB");
        var page = await (await antai.GetAsync("/staff/institutions/OB", cancel)).Content.ReadAsStringAsync(cancel);
        var seen = page.Split("name=\"seen\" value=\"")[1].Split('"')[0];
        var eva = new { title = "Ministra", name = "Eva Díaz", seen };
        var answers = await Task.WhenAll(
            antai.PostAsJsonAsync("/api/staff/institutions/OB/holder", eva, cancel),
            antai.PostAsJsonAsync("/api/staff/institutions/OB/holder", new { title = "Ministro", name = "Luis Mora", seen }, cancel));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal("overtaken", (await answers.Single(answer => !answer.IsSuccessStatusCode).Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("code").GetString());

        // The nota went anew to one of the two, and to nobody twice.
        Assert.Equal(2, (await service.MailsAsync(MailboxOf("OB"), 2)).Count);

        var announcement = new { from = "2019-10-15" };
        Assert.All(
            new[] { await antai.PostAsJsonAsync("/api/staff/institutions/OB/announce", announcement, cancel), await antai.PostAsJsonAsync("/api/staff/institutions/OB/announce", announcement, cancel) },
            answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_corrected_mailbox_gets_the_nota_with_a_link_of_its_own_and_the_old_one_is_dead()
    {
        using var antai = await service.SignInAsync();
        await SendAsync(service, new(2019, 10, 11), "O-03: OC");
        var link = await LinkAsync(service, "OC");
        var corrected = new { mailbox = "correcto.oc@example.org", secretariat = "sg.oc@example.org" };
        Assert.Equal(HttpStatusCode.OK, (await antai.PostAsJsonAsync("/api/staff/institutions/OC/mailbox", corrected, cancel)).StatusCode);

        Assert.StartsWith("Nota N.º", Subject(Assert.Single(await service.MailsAsync("correcto.oc@example.org", 1))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/r?t={link}", cancel)).StatusCode);
    }

    [Fact]
    public async Task What_is_asked_wrongly_of_an_office_is_refused_with_its_reason_and_changes_nothing()
    {
        using var antai = await service.SignInAsync();
        await SendAsync(service, new(2019, 10, 11), "O-04: OD");
        var wrong = new[]
        {
            ("OD", "announce", "{}", "400 invalid from"), ("OD", "announce", """{"from":"2019-02-30"}""", "400 invalid from"),
            ("OD", "holder", """{"name":"Eva","title":" "}""", "400 invalid title"), ("OD", "holder", "{", "400 invalid body"),
            ("OD", "holder", $$"""{"title":"{{new string('x', 121)}}"}""", "400 invalid title"),
            ("OD", "mailbox", """{"mailbox":"nadie","secretariat":"a@example.org"}""", "400 invalid mailbox"),
            ("OD", "mailbox", """{"mailbox":"a@example.org\r\nBcc: b@example.org","secretariat":"a@b@c"}""", "400 invalid mailbox"),
            ("OD", "abolish", "{}", "404 not-found"), ("NADIE", "withdraw", "{}", "404 not-found"), ("a%23b%3F", "withdraw", "{}", "404 not-found"),
        };
        foreach (var (code, act, json, expected) in wrong)
        {
            using var answer = await antai.PostAsync($"/api/staff/institutions/{code}/{act}", new StringContent(json, Encoding.UTF8, "application/json"), cancel);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            var fields = problem.TryGetProperty("errors", out var errors) ? string.Concat(errors.EnumerateObject().Select(error => $" {error.Name}")) : "";
            Assert.Equal(expected, $"{(int)answer.StatusCode} {problem.GetProperty("code").GetString()}{fields}");
        }
        using var reader = await service.SignInAsync(StaffSignIn.Reader);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsJsonAsync("/api/staff/institutions/OD/withdraw", new { }, cancel)).StatusCode);
        Assert.DoesNotContain("name=\"act\"", await reader.GetStringAsync("/staff/institutions/OD", cancel), StringComparison.Ordinal);
        Assert.Contains("despacho.od@example.org", await reader.GetStringAsync("/staff/institutions/OD", cancel), StringComparison.Ordinal);
    }
}
