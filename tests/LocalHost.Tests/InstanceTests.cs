using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost;

/// <summary>Takes longer than a lease lasts.</summary>
public sealed class Slow(Seen seen)
{
    [Function(nameof(Slow))]
    public async Task Run([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer, CancellationToken cancel)
    {
        seen.Add(timer.IsPastDue ? "slow begun late" : "slow begun");
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(6), cancel);
            seen.Add("slow done");
        }
        catch (OperationCanceledException)
        {
            seen.Add("slow told to end");
            throw;
        }
    }
}

public sealed class EachSecond(Seen seen)
{
    [Function(nameof(EachSecond))]
    public void Run([TimerTrigger("* * * * * *")] TimerInfo timer) => seen.Add($"second {timer.ScheduleStatus!.Next:HH:mm:ss}");
}

/// <summary>Hosts that share an account, as several machines do.</summary>
[Collection("office")]
public sealed class InstanceTests(OfficeStorage office)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1.5);
    private readonly Seen seen = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    private TableClient Table => new(office.Connection, "localhost");

    [Fact]
    public async Task A_timer_that_is_due_in_two_instances_runs_in_one_of_them()
    {
        await using var one = await StartAsync(typeof(EachSecond));
        await using var other = await StartAsync(typeof(EachSecond));

        var runs = await seen.WaitForAsync("second", 6);

        Assert.InRange(runs.Count, 6, int.MaxValue);
        Assert.Equal(runs.Count, runs.Distinct().Count());
    }

    [Fact]
    public async Task A_missed_run_happens_once_and_late_in_two_instances_that_start_together_and_keeps_its_lease_while_it_goes_on()
    {
        await StoreAsync(owner: null);

        var hosts = await Task.WhenAll(StartAsync(typeof(Slow)), StartAsync(typeof(Slow)));

        Assert.Single(await seen.WaitForAsync("slow done", 1));
        await Task.Delay(1500, cancel);
        Assert.Equal(["slow begun late"], seen.Of("slow begun"));
        await EndAsync(hosts);
    }

    [Fact]
    public async Task A_run_whose_instance_fell_silent_is_taken_over_when_its_lease_has_lapsed_by_storages_clock_whatever_the_machines_show()
    {
        await StoreAsync(owner: "dead");
        var ahead = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(10));

        var started = TimeProvider.System.GetTimestamp();
        await using var host = await StartAsync(typeof(Slow), ahead);

        Assert.Equal(["slow begun late"], await seen.WaitForAsync("slow begun", 1));
        Assert.True(TimeProvider.System.GetElapsedTime(started) > Lease / 2, "The lease had not lapsed.");
    }

    [Fact]
    public async Task A_run_whose_lease_went_to_another_is_told_to_end_and_does_not_overwrite_what_that_one_records()
    {
        await StoreAsync(owner: null);
        await using var host = await StartAsync(typeof(Slow));
        await seen.WaitForAsync("slow begun", 1);

        await StoreAsync(owner: "another");

        Assert.Single(await seen.WaitForAsync("slow told to end", 1));
        await Task.Delay(300, cancel);
        Assert.Equal("another", (await Table.GetEntityAsync<TableEntity>("host", "timer!Slow", cancellationToken: cancel)).Value.GetString("Owner"));
    }

    [Fact]
    public async Task An_instance_that_stops_leaves_its_run_to_another_at_once()
    {
        await StoreAsync(owner: null);
        var first = await StartAsync(typeof(Slow), lease: TimeSpan.FromMinutes(5));
        await seen.WaitForAsync("slow begun", 1);
        await first.DisposeAsync();
        Assert.Single(seen.Of("slow told to end"));

        await using var next = await StartAsync(typeof(Slow), lease: TimeSpan.FromMinutes(5));

        Assert.Equal(2, (await seen.WaitForAsync("slow begun", 2)).Count);
    }

    [Fact]
    public async Task A_timer_whose_schedule_changed_runs_by_the_new_one()
    {
        await Table.CreateIfNotExistsAsync(cancel);
        await Table.UpsertEntityAsync(new TableEntity("host", "timer!EachSecond") { ["Next"] = DateTime.UtcNow.AddYears(1), ["Schedule"] = "0 0 0 1 1 *" }, cancellationToken: cancel);

        await using var host = await StartAsync(typeof(EachSecond));

        Assert.NotEmpty(await seen.WaitForAsync("second", 1));
    }

    private Task<TestHost> StartAsync(Type timer, TimeProvider? clock = null, TimeSpan? lease = null) => TestHost.StartAsync([timer], services =>
    {
        services.AddSingleton(seen).AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(new TimerLeases(lease ?? Lease));
    }, office.Service);

    private static Task EndAsync(TestHost[] hosts) => Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));

    private async Task StoreAsync(string? owner)
    {
        await Table.CreateIfNotExistsAsync(cancel);
        await Table.UpsertEntityAsync(
            new TableEntity("host", "timer!Slow") { ["Next"] = DateTime.UtcNow.AddMinutes(-1), ["Schedule"] = "0 0 0 1 1 *", ["Owner"] = owner }, TableUpdateMode.Replace, cancel);
    }
}
