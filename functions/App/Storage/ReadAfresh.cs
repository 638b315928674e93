using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace OpenGov.Functions.Storage;

/// <summary>
/// From when on copies must have been read (<see cref="Recent{T}"/>) for the work in hand: another instance may have
/// changed what they are copies of. A copy that other work read since then will do.
/// </summary>
public static class Fresh
{
    private static readonly AsyncLocal<long> Since = new();

    /// <summary>For what the caller does from here on.</summary>
    public static void FromNow() => From(TimeProvider.System.GetTimestamp());

    internal static void From(long timestamp) => Since.Value = timestamp;

    internal static bool Enough(long readAt) => readAt >= Since.Value;
}

/// <summary>Messages, timers and staff decide on what is stored, and staff are shown it; the public's pages may be some seconds old.</summary>
public sealed class ReadAfresh(TimeProvider clock) : IFunctionsWorkerMiddleware
{
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(3);
    private readonly Lock gate = new();
    private TimeSpan ahead;
    private long jumpedAt;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || IsOfStaff(http.Request.Path))
        {
            Fresh.FromNow();
        }
        else
        {
            Fresh.From(LastJump());
        }
        await next(context);
    }

    /// <summary>Where a rehearsal sets the clock forward, the copies of before are as old as it says.</summary>
    private long LastJump()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow() - TimeProvider.System.GetUtcNow();
            if ((now - ahead).Duration() > Jump)
            {
                (ahead, jumpedAt) = (now, TimeProvider.System.GetTimestamp());
            }
            return jumpedAt;
        }
    }

    private static bool IsOfStaff(PathString path) => path.StartsWithSegments("/staff") || path.StartsWithSegments("/api/staff");
}
