using System.Net;
using System.Net.Http.Json;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff;

/// <summary>Forms of other sites.</summary>
public sealed class OriginTests(TestService service) : IClassFixture<TestService>, IDisposable
{
    private readonly HttpClient http = service.NewPlainClient();

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("null", "cross-site")]
    [InlineData(null, "cross-site")]
    public async Task Another_site_can_neither_ask_for_a_link_nor_use_one(string? origin, string? site)
    {
        var token = await service.SignInTokenAsync(Reader);
        foreach (var (path, field, value) in new[] { ("/staff/enter", "t", token), ("/staff/sign-in", "email", Reader) })
        {
            using var request = Request(path, origin, site, (field, value));
            Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(request)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.SeeOther, (await http.PostAsync("/staff/enter", Form(("t", token)))).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("null", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData("null", "same-origin", HttpStatusCode.SeeOther)]
    public async Task A_form_that_relies_on_the_cookie_must_come_from_this_site(string? origin, string? site, HttpStatusCode expected)
    {
        using var client = await service.SignInAsync(Reader);
        client.DefaultRequestHeaders.Remove("Origin");
        using var request = Request("/staff/sign-out", origin, site);

        Assert.Equal(expected, (await client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("null", "cross-site")]
    [InlineData(null, null)]
    public async Task Another_sites_form_changes_nothing(string? origin, string? site)
    {
        using var client = await service.SignInAsync(Organiser);
        client.DefaultRequestHeaders.Remove("Origin");
        using var request = Request("/staff/activities", origin, site, ("key", "high-level-meetings"), ("action", "done"));

        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(request)).StatusCode);
        Assert.DoesNotContain("\"done\"", await http.GetStringAsync("/api/chronogram"), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string path, string? origin, string? site, params (string, string)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Form(fields) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }
        return request;
    }
}
