using OpenGov.LocalHost.Clock;

namespace OpenGov.LocalHost;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = new(2019, 2, 22, 9, 0, 0, TimeSpan.FromHours(-5));

    [Fact]
    public async Task The_clock_ticks_at_real_speed_from_where_it_starts()
    {
        var clock = new VirtualClock(Start);

        await Task.Delay(50, TestContext.Current.CancellationToken);

        Assert.InRange(clock.GetUtcNow() - Start, TimeSpan.FromMilliseconds(40), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_held_clock_stands_still_and_goes_on_from_there()
    {
        var clock = new VirtualClock(Start);
        clock.HoldAt(Start.AddDays(1));

        await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Equal(Start.AddDays(1), clock.GetUtcNow());
        clock.Resume();
        Assert.InRange(clock.GetUtcNow() - Start.AddDays(1), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
