using System.Diagnostics;

namespace OpenGov.LocalHost;

public sealed class LifetimeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("localhost-tests").FullName;

    [Fact]
    public async Task A_second_start_goes_on_with_data_and_clock_and_catches_up_once_on_what_it_missed()
    {
        await using (var first = await StartAsync("--now", "2019-02-22T07:00"))
        {
            (await first.SetClockAsync(new { now = "2019-02-22T07:59:00-05:00" })).EnsureSuccessStatusCode();
            await Assert.ThrowsAsync<StartException>(() => StartAsync());
        }
        await using (var second = await StartAsync())
        {
            Assert.InRange((await second.ClockAsync()).TimeOfDay, new TimeSpan(7, 59, 0), new TimeSpan(7, 59, 59));
            Assert.Empty(second.Seen.Of("daily"));
        }
        var back = await Assert.ThrowsAsync<StartException>(() => StartAsync("--now", "2019-02-22T06:00"));
        Assert.Contains("--now is before 2019-02-22T07:59", back.Message);
        await using var third = await StartAsync("--now", "2019-02-25T10:00");
        Assert.Equal(["daily 2019-02-25T15:00 late"], await third.Seen.WaitForAsync("daily", 1));
        await Task.Delay(600, TestContext.Current.CancellationToken);
        Assert.Single(third.Seen.Of("daily"));
    }

    [Fact]
    public async Task Work_in_hand_is_finished_before_the_host_has_stopped()
    {
        var host = await TestHost.StartAsync([typeof(TakeLong)]);
        var seen = host.Seen;
        await host.SendAsync("long-takes", "1500");
        await seen.WaitForAsync("long begun", 1);

        await host.DisposeAsync();

        Assert.Single(seen.Of("long done"));
    }

    [Fact]
    public async Task Work_that_does_not_end_is_told_to_give_up_and_all_is_over_within_10_s()
    {
        var host = await TestHost.StartAsync([typeof(TakeLong)]);
        await host.SendAsync("long-takes", "-1");
        await host.Seen.WaitForAsync("long begun", 1);

        var stopping = Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(10), $"It took {stopping.Elapsed}.");
    }

    [Fact]
    public async Task A_joined_instance_shares_clock_queues_and_mailbox_and_a_timer_runs_in_one_of_them()
    {
        await using var first = await TestHost.StartAsync([typeof(Daily), typeof(Take)]);
        await using var joined = await TestHost.StartAsync([typeof(Daily), typeof(Take)], "--join", first.Http.BaseAddress!.ToString());

        (await joined.SetClockAsync(new { advance = "P3D" })).EnsureSuccessStatusCode();
        for (var i = 0; i < 20; i++)
        {
            await first.SendAsync("takes", $"shared {i}");
        }
        await first.SetClockAsync(new { advance = "PT0S" });

        Assert.Equal(3, first.Seen.Of("daily").Concat(joined.Seen.Of("daily")).Count());
        var taken = first.Seen.Of("take").Concat(joined.Seen.Of("take")).ToList();
        Assert.Equal((20, 20), (taken.Count, taken.Distinct().Count()));
        Assert.InRange((await joined.ClockAsync() - await first.ClockAsync()).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<TestHost> StartAsync(params string[] args) =>
        TestHost.StartAsync([typeof(Daily)], ["--storage", folder, "LocalHost__StoragePort=0", .. args]);
}
