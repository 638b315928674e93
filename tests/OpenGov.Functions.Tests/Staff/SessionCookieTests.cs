using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class SessionCookieTests(TestService service) : IClassFixture<TestService>
{
    [Theory]
    [InlineData("https://gobiernoabierto.example.org", "__Host-session", true)]
    [InlineData("http://localhost:7071", "session", false)]
    public void A_secure_site_binds_the_cookie_to_its_own_host(string address, string name, bool secure)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Site:BaseUrl", (string?)address)]).Build();
        var response = new DefaultHttpContext().Response;
        new SessionCookie(new Site(configuration)).Set(response, SessionKey.New(new string('a', SessionKey.MemberLength)));

        var cookie = response.Headers.SetCookie.ToString();
        Assert.StartsWith($"{name}=", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(StaffSignIn.Reader, 0, HttpStatusCode.OK)]
    [InlineData(StaffSignIn.Reader, 12, HttpStatusCode.SeeOther)]
    [InlineData("quien.se.fue@example.org", 0, HttpStatusCode.SeeOther)]
    public async Task Who_left_the_setting_or_signed_in_too_long_ago_is_out_at_once(string address, int hoursAgo, HttpStatusCode expected)
    {
        var member = service.Services.GetRequiredService<SessionStore>().FingerprintOf(new StaffMember(address, StaffRole.Reader));
        var key = SessionKey.New(member);
        var session = new StaffSession(address, Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - Duration.FromHours(hoursAgo));
        await service.Services.GetRequiredService<StorageClients>().Table(Tables.Sessions).AddEntityAsync(Document.Of(member, $"S!{member}!{key.Hash}", session));
        using var client = service.NewPlainClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/staff/institutions") { Headers = { { "Cookie", $"session={key}" } } };

        Assert.Equal(expected, (await client.SendAsync(request)).StatusCode);
    }
}
