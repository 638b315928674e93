using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using OpenGov.Functions.Architecture;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff;

public sealed partial class MailsConsoleTests(OctoberService service, TestBrowser browser) : IClassFixture<OctoberService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bounced_nota_is_sent_to_a_corrected_address_by_keyboard_alone_and_without_JavaScript()
    {
        await service.FaultsAsync(new { @event = "bounce", to = ValidationRound.MailboxOf("MALO") });
        await ValidationRound.SendAsync(service, new LocalDate(2019, 10, 11), "M-01: MALO");
        var nota = (await service.MailsAsync(ValidationRound.MailboxOf("MALO"), 1))[0];
        await BouncedAsync(nota.GetProperty("customArgs").GetProperty("effect_id").GetString()!);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320);
        await service.SignInAsync(page);

        await page.GotoAsync("/staff");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("correos? que no se pud") }).First.ClickAsync();
        await page.Locator("main .list strong a", new() { HasTextString = "Nota N.º" }).First.ClickAsync();
        Assert.Contains("550 5.1.1", await page.Locator("dl").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Matches("^/staff/requests/", await page.GetByRole(AriaRole.Link, new() { Name = "Ver a qué se refiere" }).GetAttributeAsync("href") ?? "");
        await page.Locator("#address").FillAsync("nadie");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("nadie", await page.Locator("#address").InputValueAsync());
        await page.Locator("#address").FillAsync("despacho.nuevo@example.org");
        await page.Keyboard.PressAsync("Enter");

        Assert.Contains("El correo sale de nuevo", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        var again = Assert.Single(await service.MailsAsync("despacho.nuevo@example.org", 1));
        Assert.Equal(nota.GetProperty("text").GetString(), again.GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_pages_are_accessible_and_fit_a_small_phone()
    {
        var key = await InTroubleAsync("pages@example.org", new { @event = "dropped", to = "pages@example.org" });
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await service.SignInAsync(page);
        foreach (var path in new[] { "/staff/mails", $"/staff/mails/{key}", $"/staff/mails/{key}?done=resent" })
        {
            await page.ShowsWellAtAsync(path);
        }
        await page.GotoAsync($"/staff/mails/{key}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dar por resuelto" }).ClickAsync();
        Assert.Equal("Escriba el motivo, en 500 caracteres como máximo", await page.Locator("#reason-error").InnerTextAsync());
        await page.ShowsWellAsync();
        await page.Locator("#reason").FillAsync("La oficina confirmó <b>por teléfono</b>.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dar por resuelto" }).ClickAsync();
        Assert.Contains("La oficina confirmó <b>por teléfono</b>.", await page.Locator("dl").InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync();
    }

    [Fact]
    public async Task Of_two_members_of_staff_at_once_one_acts_and_the_other_sees_why()
    {
        var key = await InTroubleAsync("two@example.org", new { @event = "bounce", to = "two@example.org" });
        using var one = await service.SignInAsync();
        using var other = await service.SignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => number % 2 == 0
            ? one.PostAsJsonAsync($"/api/staff/mails/{key}/resend", new { round = 1 }, cancel)
            : other.PostAsJsonAsync($"/api/staff/mails/{key}/settle", new { reason = "por teléfono", round = 1 }, cancel)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        var why = await (answers.First(answer => answer.StatusCode == HttpStatusCode.Conflict)).Content.ReadFromJsonAsync<JsonElement>(cancel);
        Assert.Equal("overtaken", why.GetProperty("code").GetString());
        Assert.True(why.GetProperty("mail").TryGetProperty("state", out _));

        using var page = await other.PostAsync($"/staff/mails/{key}", Form(("act", "resend"), ("seen", "1")), cancel);
        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        Assert.Contains("Este correo cambió mientras usted decidía", await page.Content.ReadAsStringAsync(cancel), StringComparison.Ordinal);
        Assert.InRange((await service.MailsAsync("two@example.org", 1)).Count, 1, 2);
    }

    [Fact]
    public async Task Who_may_only_read_reads_and_who_is_nobody_sees_nothing()
    {
        var key = await InTroubleAsync("reader@example.org", new { @event = "bounce", to = "reader@example.org" });
        using var reader = await service.SignInAsync(Reader);
        Assert.Contains("reader@example.org", await reader.GetStringAsync("/staff/mails", cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"act\"", await reader.GetStringAsync($"/staff/mails/{key}", cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsJsonAsync($"/api/staff/mails/{key}/resend", new { }, cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync($"/staff/mails/{key}", Form(("act", "resend")), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Http.GetAsync("/api/staff/mails", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Http.PostAsJsonAsync($"/api/staff/mails/{key}/settle", new { reason = "x" }, cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await service.Http.GetAsync($"/staff/mails/{key}", cancel)).StatusCode);
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_refused_with_its_reason()
    {
        var key = await InTroubleAsync("wrong@example.org", new { @event = "bounce", to = "wrong@example.org" });
        using var organiser = await service.SignInAsync();
        async Task<string> CodeAsync(string path, string json)
        {
            using var answer = await organiser.PostAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"), cancel);
            return $"{(int)answer.StatusCode} {(await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("code").GetString()}";
        }
        Assert.Equal("400 invalid", await CodeAsync($"/api/staff/mails/{key}/resend", """{"address":"a@example.org, b@example.org"}"""));
        Assert.Equal("400 invalid", await CodeAsync($"/api/staff/mails/{key}/resend", """{"address":"a@example.org\r\nBcc: b@example.org"}"""));
        Assert.Equal("400 invalid", await CodeAsync($"/api/staff/mails/{key}/settle", """{"reason":"  "}"""));
        Assert.Equal("400 invalid", await CodeAsync($"/api/staff/mails/{key}/settle", "{"));
        Assert.Equal("404 not-found", await CodeAsync($"/api/staff/mails/{new string('0', 32)}/settle", """{"reason":"x"}"""));
        Assert.Equal("404 not-found", await CodeAsync($"/api/staff/mails/{key}/forget", "{}"));
        Assert.Equal(HttpStatusCode.NotFound, (await organiser.GetAsync($"/staff/mails/{new string('x', 32)}", cancel)).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_link_that_bounced_and_has_expired_is_not_sent_again()
    {
        await service.FaultsAsync(new { @event = "bounce", to = Secretary });
        await service.Http.PostAsync("/staff/sign-in", Form(("email", Secretary)), cancel);
        var mail = (await service.MailsAsync(Secretary, 1))[0];
        var key = mail.GetProperty("customArgs").GetProperty("effect_id").GetString()!;
        await BouncedAsync(key);
        await service.AdvanceByAsync("PT2H");
        using var organiser = await service.SignInAsync();

        using var answer = await organiser.PostAsJsonAsync($"/api/staff/mails/{key}/resend", new { }, cancel);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("holds-no-more", (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, (await organiser.PostAsJsonAsync($"/api/staff/mails/{key}/settle", new { reason = "pidió otro" }, cancel)).StatusCode);
    }

    [Fact]
    public void Every_text_that_these_pages_name_is_written_and_no_other()
    {
        var folder = Path.Combine(Checkout.Root, "functions", "App", "Staff", "Mails");
        var written = XDocument.Load(Path.Combine(folder, "MailsTexts.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value).ToHashSet();
        var sources = Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".razor" or ".cs").Select(File.ReadAllText).ToList();
        var named = sources.SelectMany(source => Names().Matches(source).Select(match => match.Groups[1].Value))
            .Concat(Enum.GetNames<MailState>().SelectMany(state => new[] { $"State-{state}", $"Why-{state}" }))
            .Concat(new[] { MailState.Bounced, MailState.Refused, MailState.Unknown }.Select(state => $"Notice-{state}"))
            .Concat(["Done-resent", "Done-resentTitle", "Done-settled", "Done-settledTitle", "Overtaken", "HoldsNoMore", "OvertakenTitle", "HoldsNoMoreTitle"]).ToHashSet();

        Assert.Equal(written.Order(), named.Order());
    }

    private async Task<string> InTroubleAsync(string to, object fault)
    {
        await service.FaultsAsync(fault);
        await service.SendAsync(to);
        await service.MailToAsync(to, mail => mail.NeedsStaff);
        return MailSending.KeyOf(to);
    }

    private async Task BouncedAsync(string key)
    {
        var mails = service.Services.GetRequiredService<MailStore>();
        for (var tries = 0; tries < 100 && (await mails.FindByKeyAsync(key, cancel))?.Record.NeedsStaff != true; tries++)
        {
            await Task.Delay(50, cancel);
        }
    }

    [GeneratedRegex("""(?:\bT|texts)\["([A-Za-z-]+)"[\],]""")]
    private static partial Regex Names();
}
