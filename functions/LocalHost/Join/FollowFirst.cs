using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost.Join;

/// <summary>Keeps the clock of a joined instance with the first one's, and ends when that one has ended.</summary>
internal sealed class FollowFirst(VirtualClock clock, Options options, LocalAddress address, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int Patience = 12;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long changes = -1;

    public void Follow(ClockState first)
    {
        lock (gate)
        {
            // What was asked for before may be answered after what was told since.
            if (first.Changes < changes)
            {
                return;
            }
            changes = first.Changes;
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

    /// <summary>Known to the first instance before any work is taken.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryFollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var unanswered = 0;
        while (unanswered < Patience)
        {
            await Task.Delay(Interval, stoppingToken);
            unanswered = await TryFollowAsync(stoppingToken) ? 0 : unanswered + 1;
        }
        Console.Error.WriteLine($"The first instance at {options.Join} has ended, and the storage with it.");
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task<bool> TryFollowAsync(CancellationToken cancel)
    {
        try
        {
            if (await FirstInstance.TryAskAsync(options.Join!, cancel, address.Own) is { } first)
            {
                Follow(first.Clock);
            }
            return true;
        }
        catch (Exception silent) when (silent is HttpRequestException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
