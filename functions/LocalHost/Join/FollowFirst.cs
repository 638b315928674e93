using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost.Join;

/// <summary>Keeps the clock of a joined instance with the first one's, and ends when that one has ended.</summary>
internal sealed class FollowFirst(VirtualClock clock, Options options, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int Patience = 12;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var unanswered = 0;
        while (unanswered < Patience)
        {
            await Task.Delay(Interval, stoppingToken);
            try
            {
                if (await FirstInstance.TryAskAsync(options.Join!, stoppingToken) is { } first)
                {
                    Follow(first);
                    unanswered = 0;
                }
            }
            catch (Exception silent) when (silent is HttpRequestException or JsonException or TaskCanceledException && !stoppingToken.IsCancellationRequested)
            {
                unanswered++;
            }
        }
        Console.Error.WriteLine($"The first instance at {options.Join} has ended, and the storage with it.");
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private void Follow(FirstInstance first)
    {
        var behind = first.Now - clock.GetUtcNow();
        if (first.Held)
        {
            clock.HoldAt(first.Now);
        }
        else if (clock.IsHeld || behind > Jitter || behind < -Jitter)
        {
            // Small differences are the time the answer took; a clock that jumped back and forth would be worse.
            clock.SetTo(first.Now);
        }
    }
}
