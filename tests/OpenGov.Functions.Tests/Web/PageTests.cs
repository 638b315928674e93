namespace OpenGov.Functions.Web;

public sealed class PageTests(TestService service, TestBrowser browser) : IClassFixture<TestService>
{
    public static TheoryData<string, string> Pages => new MatrixTheoryData<string, string>(
        ["/", "/proposals", "/proposals/new", "/chronogram", "/no-such-page"], ["es", "en"]);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_both_languages_and_fits_a_small_phone(string path, string language)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await page.GotoAsync($"{path}?lang={language}");

        Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
        await page.ShowsWellAsync();
    }

    [Theory]
    [InlineData("image-alt: <img src=\"a.png\">", "<img src=\"a.png\">")]
    [InlineData("scrolls sideways", "<p style=\"width: 2000px\">A wide page.</p>")]
    public async Task What_a_page_must_not_have_is_found(string fault, string content)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width: 320, script: true);
        await page.SetContentAsync($"<!DOCTYPE html><html lang=\"en\"><title>A page</title><main><h1>A page</h1>{content}</main></html>");

        var found = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => page.ShowsWellAsync());
        Assert.Contains(fault, found.Message.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/api/chronogram")]
    public async Task Every_answer_has_a_strict_policy_and_sends_no_referrer(string path)
    {
        var answer = await service.Http.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task An_asset_is_kept_for_ever_and_answered_with_304()
    {
        var home = await service.Http.GetStringAsync("/");
        var address = home[home.IndexOf("/assets/site.", StringComparison.Ordinal)..].Split('"')[0];
        var first = await service.Http.GetAsync(address);
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(304, (int)(await service.Http.SendAsync(again)).StatusCode);
        Assert.Equal(404, (int)(await service.Http.GetAsync("/assets/..%2f..%2fhost.json")).StatusCode);
    }
}
