using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenGov.Functions.Web;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff;

public sealed class SessionEndedService() : TestService("2019-03-05T09:00");

/// <summary>Whose session ends while he types loses nothing of it.</summary>
public sealed class SessionEndedTests(SessionEndedService service, TestBrowser browser) : IClassFixture<SessionEndedService>, IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly HttpClient http = service.NewPlainClient();

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task A_form_that_was_typed_is_sent_again_after_signing_in_in_another_tab()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/channels");
        const string name = "Feria «Ñandú» & \"amigos\"";
        await page.Locator("#kind").SelectOptionAsync("social");
        await page.Locator("#name").FillAsync(name);
        await EndSessionAsync(page);

        await page.Locator("main form[action='/staff/channels'] button").ClickAsync();
        Assert.Equal("Su sesión terminó", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(name, await page.Locator("input[name=name]").InputValueAsync());
        // Too early: it is still all there.
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar de nuevo" }).ClickAsync();
        Assert.Equal("Su sesión terminó", await page.Locator("h1").InnerTextAsync());

        var other = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Pedir un enlace para entrar" }).ClickAsync());
        Assert.Equal("Enviar enlace", await other.Locator("main button").InnerTextAsync());
        await service.SignInAsync(other);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar de nuevo" }).ClickAsync();

        await page.ArrivesAtAsync("/staff/channels/[^/]+$");
        Assert.Contains(name, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_accessible_and_fits_a_small_phone()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/import");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "miembros.csv", MimeType = "text/csv", Buffer = "código"u8.ToArray() });
        await EndSessionAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Revisar" }).ClickAsync();

        Assert.Contains("el sistema le pedirá elegirlo otra vez (miembros.csv)", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("session-ended");
    }

    [Fact]
    public async Task Several_values_line_ends_and_the_address_come_back_as_they_were_sent()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("uno"), "code" }, { new StringContent("dos"), "code" }, { new StringContent("línea 1\r\nlínea \"2\" <b>&amp;"), "reasons" },
        };
        var answer = await PostAsync("/staff/proposals/sort?theme=T-01&q=agua", form, service.Services.GetRequiredService<Site>().Origin, null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Matches("action=\"/staff/proposals/sort\\?theme=T-01&amp;q=agua\" enctype=\"multipart/form-data\"", page);
        Assert.Equal(["uno", "dos", "línea 1\r\nlínea \"2\" <b>&amp;"], Regex.Matches(page, "<input type=\"hidden\" name=\"[a-z]+\" value=\"([^\"]*)\"").Select(input => WebUtility.HtmlDecode(input.Groups[1].Value)));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("null", "cross-site")]
    [InlineData("null", null)]
    [InlineData(null, null)]
    public async Task The_form_of_another_site_gets_nothing_back(string? origin, string? site)
    {
        var answer = await PostAsync("/staff/themes", Form(("name", "Compre aquí")), origin, site);

        Assert.Equal((HttpStatusCode.SeeOther, "/staff"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.DoesNotContain("Compre", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_is_not_held_and_an_entrance_or_a_program_gets_no_such_page()
    {
        var origin = service.Services.GetRequiredService<Site>().Origin;
        var large = await PostAsync("/staff/themes", Form(("name", new string('a', 70_000))), origin, null);
        Assert.Equal(HttpStatusCode.Unauthorized, large.StatusCode);
        var page = await large.ReadAsync();
        Assert.Contains("Lo que envió es demasiado grande para conservarlo aquí", page, StringComparison.Ordinal);
        Assert.DoesNotContain("aaaa", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/staff/enter", Form(("t", "forged")), origin, null)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync("/staff/sign-out", Form(), origin, null)).StatusCode);
        Assert.Equal("application/problem+json", (await PostAsync("/api/staff/requests", Form(), origin, null)).Content.Headers.ContentType!.MediaType);
    }

    /// <summary>Behind the page's back, as the night does.</summary>
    private async Task EndSessionAsync(IPage page)
    {
        var cookie = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "session");
        await service.Services.GetRequiredService<SessionStore>().EndAsync(SessionKey.Read(cookie.Value)!, Cancel);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent content, string? origin, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }
        return await http.SendAsync(request, Cancel);
    }
}
