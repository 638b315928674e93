namespace OpenGov.LocalHost.Clock;

/// <param name="Changes">How often it was set: of two states, the one with more is the later.</param>
internal sealed record ClockState(DateTimeOffset Now, bool Held, long Changes);

/// <summary>
/// Starts where it is told, ticks at real speed, can be held and set forward. It overrides the time of day alone:
/// timeouts and delays stay real.
/// </summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset origin;
    private long since;
    private bool held;
    private long changes;

    public VirtualClock(DateTimeOffset start)
    {
        origin = start;
        since = System.GetTimestamp();
    }

    public bool IsHeld => Look().Held;

    public override DateTimeOffset GetUtcNow() => Look().Now;

    internal ClockState Look()
    {
        lock (gate)
        {
            return new ClockState(held ? origin : origin + System.GetElapsedTime(since), held, changes);
        }
    }

    /// <summary>Sets the time and stops its ticking until <see cref="Resume"/>.</summary>
    public void HoldAt(DateTimeOffset time)
    {
        lock (gate)
        {
            (origin, held) = (time.ToUniversalTime(), true);
            changes++;
        }
    }

    public void Resume()
    {
        lock (gate)
        {
            (since, held) = (System.GetTimestamp(), false);
            changes++;
        }
    }

    public void SetTo(DateTimeOffset time)
    {
        lock (gate)
        {
            (origin, since, held) = (time.ToUniversalTime(), System.GetTimestamp(), false);
            changes++;
        }
    }
}
