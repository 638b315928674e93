namespace OpenGov.LocalHost.Clock;

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

    public VirtualClock(DateTimeOffset start)
    {
        origin = start;
        since = System.GetTimestamp();
    }

    public bool IsHeld
    {
        get
        {
            lock (gate)
            {
                return held;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return held ? origin : origin + System.GetElapsedTime(since);
        }
    }

    /// <summary>Sets the time and stops its ticking until <see cref="Resume"/>.</summary>
    public void HoldAt(DateTimeOffset time)
    {
        lock (gate)
        {
            (origin, held) = (time.ToUniversalTime(), true);
        }
    }

    public void Resume()
    {
        lock (gate)
        {
            (since, held) = (System.GetTimestamp(), false);
        }
    }

    public void SetTo(DateTimeOffset time)
    {
        lock (gate)
        {
            (origin, since, held) = (time.ToUniversalTime(), System.GetTimestamp(), false);
        }
    }
}
