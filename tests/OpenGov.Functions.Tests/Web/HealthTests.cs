using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

public sealed class HealthTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task A_monitor_is_told_what_waits_and_what_was_put_aside()
    {
        var well = await service.Http.GetAsync("/api/health");
        Assert.Equal(HttpStatusCode.OK, well.StatusCode);
        var figures = await well.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("ok", figures.GetProperty("status").GetString());
        Assert.InRange(figures.GetProperty("oldestPendingSeconds").GetInt32(), 0, 60);
        Assert.Equal(0, figures.GetProperty("poison").GetProperty(Queues.Effects).GetInt32());

        var poison = service.Services.GetRequiredService<StorageClients>().Queue(Queues.Effects + "-poison");
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync("broken");
        await Task.Delay(2100);

        var ill = await service.Http.GetAsync("/api/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ill.StatusCode);
        Assert.NotNull(ill.Headers.RetryAfter);
        var problem = await ill.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("poison", problem.GetProperty("code").GetString());
        Assert.Equal(1, problem.GetProperty("poison").GetProperty(Queues.Effects).GetInt32());
    }

    [Theory]
    [InlineData(15, 200)]
    [InlineData(16, 503)]
    public async Task Work_that_waits_for_more_than_a_quarter_of_an_hour_is_trouble(int minutes, int status)
    {
        var http = new DefaultHttpContext { RequestServices = service.Services, Response = { Body = Stream.Null } };
        var report = new WorkReport(TimeSpan.FromMinutes(minutes), new Dictionary<string, int> { [Queues.Effects] = 0 });

        await CheckHealth.Answer(report, http.Response).ExecuteAsync(http);

        Assert.Equal(status, http.Response.StatusCode);
    }

    [Fact]
    public async Task Search_engines_are_asked_to_leave_the_console_the_notas_and_the_API_alone()
    {
        var robots = await service.Http.GetStringAsync("/robots.txt");

        Assert.All(new[] { "/staff", "/r", "/api" }, path => Assert.Contains($"Disallow: {path}", robots, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_browser_that_asks_for_an_icon_is_led_to_it()
    {
        var answer = await service.Http.GetAsync("/favicon.ico");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("image/svg+xml", (await service.Http.GetAsync(answer.Headers.Location)).Content.Headers.ContentType!.MediaType);
    }
}
