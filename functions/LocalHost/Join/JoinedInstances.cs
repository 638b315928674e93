using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using OpenGov.LocalHost.Clock;

namespace OpenGov.LocalHost.Join;

/// <summary>What an instance does beside answering requests.</summary>
/// <param name="Running">Queue and timer functions in hand.</param>
/// <param name="Begun">How many of these ever began.</param>
/// <param name="Taken">How many messages it ever took.</param>
internal sealed record WorkInHand(int Running, int Begun, int Taken)
{
    public static WorkInHand operator +(WorkInHand one, WorkInHand other) => new(one.Running + other.Running, one.Begun + other.Begun, one.Taken + other.Taken);
}

/// <summary>The instances that joined this one: their clocks are set with its own, and their work is waited for.</summary>
internal sealed class JoinedInstances(VirtualClock clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentDictionary<Uri, long> heardOf = new();

    /// <summary>Each asks some times a second what time it is.</summary>
    public void HearOf(string? address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var at) && at.IsLoopback)
        {
            heardOf[at] = TimeProvider.System.GetTimestamp();
        }
    }

    /// <summary>Sets the clocks of all to this one's; once it returns, none shows another time.</summary>
    /// <returns>What they have in hand.</returns>
    public async Task<WorkInHand> FollowAsync()
    {
        var work = await Task.WhenAll(heardOf.Keys.Select(FollowAsync));
        return work.Aggregate(new WorkInHand(0, 0, 0), (all, one) => all + one);
    }

    /// <summary>One that is starting or ending does not answer: it is asked until it has not been heard of for a while.</summary>
    private async Task<WorkInHand> FollowAsync(Uri instance)
    {
        while (heardOf.TryGetValue(instance, out var at) && TimeProvider.System.GetElapsedTime(at) < Remembered)
        {
            try
            {
                using var answer = await Http.PostAsJsonAsync(new Uri(instance, DevProxy.FollowPath), clock.Look());
                if (answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<WorkInHand>() is { } work)
                {
                    return work;
                }
            }
            catch (Exception silent) when (silent is HttpRequestException or JsonException or TaskCanceledException)
            {
                // Again, while it lives.
            }
            await Task.Delay(BetweenTries);
        }
        heardOf.TryRemove(instance, out _);
        return new WorkInHand(0, 0, 0);
    }
}
