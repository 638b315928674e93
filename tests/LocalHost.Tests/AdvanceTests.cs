using System.Net;

namespace OpenGov.LocalHost;

public sealed class AdvanceTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task Setting_the_clock_forward_stops_at_each_daily_timer_and_runs_shorter_ones_once_a_stop()
    {
        await using var host = await TestHost.StartAsync([typeof(Daily), typeof(Hourly), typeof(Throwing)]);

        var answer = await host.SetClockAsync(new { now = "2019-02-25T07:00:00-05:00" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["daily 2019-02-23T13:00 on time", "daily 2019-02-24T13:00 on time"], host.Seen.Of("daily"));
        Assert.Equal(["throwing", "throwing"], host.Seen.Of("throwing"));
        // At 13:30 of both days none is due.
        Assert.Equal(3, host.Seen.Of("hourly").Count);
        Assert.Empty(host.Seen.Of("hourly twice"));
        Assert.InRange(await host.ClockAsync() - new DateTimeOffset(2019, 2, 25, 7, 0, 0, TimeSpan.FromHours(-5)), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_queues_are_empty_before_setting_the_clock_answers()
    {
        await Host.SendAsync("takes", "before");

        (await Host.SetClockAsync(new { advance = "PT0S" })).EnsureSuccessStatusCode();

        Assert.Single(Host.Seen.Of("take before"));
    }

    [Theory]
    [InlineData("""{"now":"2018-01-01T00:00:00-05:00"}""", "does not go back")]
    [InlineData("""{"advance":"-P1D"}""", "does not go back")]
    [InlineData("""{"advance":"P9999Y"}""", "No calendar")]
    [InlineData("""{"advance":"tomorrow"}""", "Send")]
    [InlineData("""{"now":5}""", "Send")]
    [InlineData("now=tomorrow", "Send")]
    [InlineData("{", "Send")]
    public async Task What_the_clock_cannot_do_is_refused_with_a_reason(string body, string reason)
    {
        var answer = await Host.Http.PostAsync("/dev/clock", new StringContent(body), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_timer_can_be_run_at_once()
    {
        var before = Host.Seen.Of("hourly").Count;

        var answer = await Host.Http.PostAsync("/dev/timers/Hourly", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.True(Host.Seen.Of("hourly").Count > before);
        Assert.Equal(HttpStatusCode.NotFound, (await Host.Http.PostAsync("/dev/timers/None", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_page_shows_clock_queues_and_timers_and_another_sites_page_cannot_steer_it()
    {
        var page = await Host.Http.GetStringAsync("/dev", TestContext.Current.CancellationToken);
        Assert.Contains("takes", page);
        Assert.Contains("Daily", page);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev/clock") { Content = new StringContent("advance=P1D"), Headers = { { "Origin", "https://example.org" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await Host.Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }
}
