using System.Net;
using System.Net.Http.Json;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff;

public sealed class SignInTests(TestService service) : IClassFixture<TestService>, IDisposable
{
    private readonly HttpClient http = service.NewPlainClient();

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task A_link_is_mailed_to_staff_and_to_nobody_else_and_the_page_does_not_tell()
    {
        var before = (await service.SignInLinksAsync(Reader, 0)).Count;
        var known = await http.PostAsync("/staff/sign-in", Form(("email", " Lectura@EXAMPLE.org ")));
        var unknown = await http.PostAsync("/staff/sign-in", Form(("email", "nadie@example.org")));

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
        Assert.Equal(await known.Content.ReadAsStringAsync(), await unknown.Content.ReadAsStringAsync());
        Assert.Equal(before + 1, (await service.SignInLinksAsync(Reader, before + 1)).Count);
        Assert.Empty(await service.MailsAsync("nadie@example.org", 0));
    }

    [Fact]
    public async Task A_mailbox_is_not_flooded_and_nobody_is_told()
    {
        await AdvanceAsync("PT2H");
        var before = (await service.SignInLinksAsync(Secretary, 0)).Count;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => http.PostAsync("/staff/sign-in", Form(("email", Secretary)))));
        await service.SignInLinksAsync(Secretary, before + 1);
        await AdvanceAsync("PT2H");

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.InRange((await service.SignInLinksAsync(Secretary, 0)).Count - before, 1, SignInLinks.MostUnused);
    }

    [Fact]
    public async Task A_link_is_dead_after_fifteen_minutes()
    {
        var token = await service.SignInTokenAsync(Organiser);
        await AdvanceAsync("PT15M");

        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync($"/staff/enter?t={token}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await EnterAsync(token)).StatusCode);
    }

    [Fact]
    public async Task Opening_the_link_signs_nobody_in_and_uses_nothing_up()
    {
        var token = await service.SignInTokenAsync(Organiser);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            using var request = new HttpRequestMessage(method, $"/staff/enter?t={token}");
            var opened = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            Assert.False(opened.Headers.Contains("Set-Cookie"));
        }
        Assert.Equal(HttpStatusCode.SeeOther, (await EnterAsync(token)).StatusCode);
    }

    [Fact]
    public async Task A_link_works_once_and_a_second_use_asks_for_a_new_link()
    {
        var token = await service.SignInTokenAsync(Organiser);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EnterAsync(token)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.SeeOther);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Use un enlace nuevo", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Forged_and_used_links_get_one_page()
    {
        var token = await service.SignInTokenAsync(Organiser);
        await EnterAsync(token);
        var used = await EnterAsync(token);
        var forged = await EnterAsync($"{token[..^4]}AAAA");
        var empty = await EnterAsync("");

        Assert.Equal(used.StatusCode, forged.StatusCode);
        Assert.Equal(await used.Content.ReadAsStringAsync(), await forged.Content.ReadAsStringAsync());
        Assert.Equal(await used.Content.ReadAsStringAsync(), await empty.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_alone_out_of_reach_of_scripts_and_lives_by_Max_Age()
    {
        var cookie = (await EnterAsync(await service.SignInTokenAsync(Organiser))).Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("session=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=43200", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_session_that_was_fixed_before_is_not_the_one_that_is_opened()
    {
        using var client = service.NewClient();
        var fixedSession = SessionKey.New(new string('a', SessionKey.MemberLength)).ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/enter")
        {
            Content = Form(("t", await service.SignInTokenAsync(Organiser))),
            Headers = { { "Cookie", $"session={fixedSession}" } },
        };
        var opened = await client.SendAsync(request);

        Assert.DoesNotContain(fixedSession, opened.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Contains("Cerrar sesión", await client.GetStringAsync("/staff"), StringComparison.Ordinal);
        Assert.DoesNotContain("Cerrar sesión", await GetWithCookieAsync(fixedSession), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stolen_cookie_is_worth_nothing_after_sign_out()
    {
        using var client = service.NewClient();
        var entered = await client.PostAsync("/staff/enter", Form(("t", await service.SignInTokenAsync(Organiser))));
        var stolen = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0]["session=".Length..];
        Assert.Contains("Cerrar sesión", await GetWithCookieAsync(stolen), StringComparison.Ordinal);

        var signedOut = await client.PostAsync("/staff/sign-out", null);

        Assert.Equal(HttpStatusCode.SeeOther, signedOut.StatusCode);
        Assert.DoesNotContain("expires", signedOut.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Cerrar sesión", await GetWithCookieAsync(stolen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_of_one_member_is_not_used_over_the_session_of_another()
    {
        using var client = await service.SignInAsync(Secretary);
        var token = await service.SignInTokenAsync(Organiser);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/staff/enter", Form(("t", token)))).StatusCode);
        Assert.Contains(Secretary, await client.GetStringAsync("/staff"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await EnterAsync(token)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Who_writes_no_address_is_told_so(string email)
    {
        var answer = await http.PostAsync("/staff/sign-in", Form(("email", email)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("email-error", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_form_or_too_large_is_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync("/staff/sign-in", new StringContent("{}"))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.PostAsync("/staff/sign-in", Form(("email", new string('a', 70_000))))).StatusCode);
    }

    private async Task AdvanceAsync(string by) => (await http.PostAsJsonAsync("/dev/clock", new { advance = by })).EnsureSuccessStatusCode();

    private Task<HttpResponseMessage> EnterAsync(string token) => http.PostAsync("/staff/enter", Form(("t", token)));

    private async Task<string> GetWithCookieAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/staff") { Headers = { { "Cookie", $"session={cookie}" } } };
        return await (await http.SendAsync(request)).Content.ReadAsStringAsync();
    }
}
