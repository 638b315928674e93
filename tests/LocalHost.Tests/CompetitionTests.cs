using System.Text;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace OpenGov.LocalHost;

internal sealed class SendDaily(Storage.StorageAccount account)
{
    [Function(nameof(SendDaily))]
    public async Task Run([TimerTrigger("0 0 13 * * *")] TimerInfo timer)
    {
        var queue = account.Queues.GetQueueClient("times");
        await queue.CreateIfNotExistsAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => queue.SendMessageAsync(Convert.ToBase64String("now"u8))));
    }
}

public sealed class TakeTime(Seen seen, TimeProvider clock)
{
    [Function(nameof(TakeTime))]
    public async Task Run([QueueTrigger("times")] string text, CancellationToken cancel)
    {
        await Task.Delay(100, cancel);
        seen.Add($"time {clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss}");
    }
}

/// <summary>Hosts that take from the same queues.</summary>
[Collection("office")]
public sealed class CompetitionTests(OfficeStorage office)
{
    private readonly Seen seen = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_message_is_taken_once_and_one_that_fails_everywhere_is_put_aside_once()
    {
        await ClearAsync("takes", "takes-poison");
        await using var one = await StartAsync(typeof(Take));
        await using var other = await StartAsync(typeof(Take));
        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => one.SendAsync("takes", $"good {number}")));
        await one.SendAsync("takes", "bad everywhere");

        Assert.Equal(60, (await seen.WaitForAsync("take good", 60)).Distinct().Count());
        Assert.Equal(3, (await seen.WaitForAsync("take bad", 3)).Count);
        await HoldsAsync("takes-poison", "bad everywhere");
        await Task.Delay(500, cancel);
        Assert.Equal((60, 3), (seen.Of("take good").Count, seen.Of("take bad").Count));
        Assert.Single((await Queue("takes-poison").PeekMessagesAsync(32, cancel)).Value);
    }

    [Fact]
    public async Task A_message_whose_last_try_ended_with_the_process_is_put_aside_without_another()
    {
        await ClearAsync("long-takes", "long-takes-poison");
        await TriedAsync("long-takes", "1", times: 3);

        await using var host = await StartAsync(typeof(TakeLong));

        await HoldsAsync("long-takes-poison", "1");
        Assert.Empty(seen.Of("long"));
    }

    [Fact]
    public async Task What_an_instance_had_in_hand_when_it_had_to_end_is_taken_by_another_at_once()
    {
        await ClearAsync("long-takes");
        var one = await StartAsync(typeof(TakeLong));
        await one.SendAsync("long-takes", "-1");
        await seen.WaitForAsync("long begun", 1);
        await using var other = await StartAsync(typeof(TakeLong));

        await one.DisposeAsync();

        Assert.Equal(2, (await seen.WaitForAsync("long begun", 2)).Count);
        await ClearAsync("long-takes");
    }

    [Fact]
    public async Task What_an_instance_had_in_hand_at_its_last_try_is_handed_on_with_all_its_tries()
    {
        await ClearAsync("long-takes", "long-takes-poison");
        await TriedAsync("long-takes", "-1", times: 2);
        var one = await StartAsync(typeof(TakeLong));
        await seen.WaitForAsync("long begun", 1);

        await one.DisposeAsync();

        Assert.Equal(1, (await Queue("long-takes").ReceiveMessageAsync(cancellationToken: cancel)).Value.DequeueCount);
        Assert.Empty((await Queue("long-takes-poison").PeekMessagesAsync(1, cancel)).Value);
        await ClearAsync("long-takes");
    }

    [Fact]
    public async Task While_the_clock_is_set_forward_a_joined_instance_shows_each_stop_as_the_first_does()
    {
        await using var first = await TestHost.StartAsync([typeof(SendDaily), typeof(TakeTime)], Share);
        await using var joined = await TestHost.StartAsync([typeof(SendDaily), typeof(TakeTime)], services => services.AddSingleton(new Seen()), "--join", first.Http.BaseAddress!.ToString());

        (await joined.SetClockAsync(new { advance = "P3D" })).EnsureSuccessStatusCode();

        Assert.NotEmpty(joined.Seen.Of("time"));
        var times = seen.Of("time").Concat(joined.Seen.Of("time")).ToList();
        Assert.Equal(120, times.Count);
        Assert.Equal(["time 2019-02-23T13:00:00", "time 2019-02-24T13:00:00", "time 2019-02-25T13:00:00"], times.Distinct().Order().Where((_, index) => index < 3));
        Assert.Equal(3, times.Distinct().Count());
    }

    [Fact]
    public async Task Setting_the_clock_waits_for_what_a_joined_instance_has_in_hand()
    {
        await using var first = await TestHost.StartAsync([typeof(Daily)], Share);
        await using var joined = await TestHost.StartAsync([typeof(Daily), typeof(TakeLong)], Share, "--join", first.Http.BaseAddress!.ToString());
        await first.SendAsync("long-takes", "1500");
        await seen.WaitForAsync("long begun", 1);

        (await first.SetClockAsync(new { advance = "PT1M" })).EnsureSuccessStatusCode();

        Assert.Single(seen.Of("long done"));
    }

    private Task<TestHost> StartAsync(Type taker) => TestHost.StartAsync([taker], Share, office.Service);

    private void Share(IServiceCollection services) => services.AddSingleton(seen);

    private QueueClient Queue(string name) => new(office.Connection, name);

    private async Task ClearAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await Queue(name).CreateIfNotExistsAsync(cancellationToken: cancel);
            await Queue(name).ClearMessagesAsync(cancel);
        }
    }

    /// <summary>A message that was taken and given up before, as by processes that were killed.</summary>
    private async Task TriedAsync(string name, string text, int times)
    {
        await Queue(name).SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), cancel);
        for (var tries = 0; tries < times; tries++)
        {
            await Queue(name).ReceiveMessageAsync(TimeSpan.FromSeconds(1), cancel);
            await Task.Delay(1200, cancel);
        }
    }

    private async Task HoldsAsync(string name, string text)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await Queue(name).ExistsAsync(cancel)).Value && (await Queue(name).PeekMessagesAsync(32, cancel)).Value.Any(message => Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString())) == text))
            {
                return;
            }
            await Task.Delay(100, cancel);
        }
        Assert.Fail($"\"{text}\" is not in {name}.");
    }
}
