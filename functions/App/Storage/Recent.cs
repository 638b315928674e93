namespace OpenGov.Functions.Storage;

/// <summary>
/// Something read from storage, kept for a few seconds: what the public asks and sends reads no row for it. Messages,
/// timers and staff ask by <see cref="Fresh"/> for one that was read since.
/// </summary>
/// <param name="seconds">How old a copy may be.</param>
public sealed class Recent<T>(Func<CancellationToken, Task<T>> read, int seconds = 3) where T : class
{
    private readonly TimeSpan fresh = TimeSpan.FromSeconds(seconds);
    private readonly SemaphoreSlim reading = new(1);
    private volatile Copy? copy;

    public async ValueTask<T> GetAsync(CancellationToken cancel)
    {
        if (FreshCopy is { } known)
        {
            return known;
        }
        await reading.WaitAsync(cancel);
        try
        {
            if (FreshCopy is { } justRead)
            {
                return justRead;
            }
            // The moment before reading: what is forgotten meanwhile stays forgotten.
            var before = copy;
            var at = TimeProvider.System.GetTimestamp();
            var value = await read(cancel);
            Interlocked.CompareExchange(ref copy, new Copy(value, at), before);
            return value;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>After a change of this instance, so that its next page shows it.</summary>
    public void Forget() => copy = null;

    private T? FreshCopy => copy is { } known && Fresh.Enough(known.ReadAt) && TimeProvider.System.GetElapsedTime(known.ReadAt) < fresh ? known.Value : null;

    private sealed record Copy(T Value, long ReadAt);
}
