using System.Collections.Concurrent;
using System.Diagnostics;

namespace OpenGov.Functions.Telemetry;

/// <summary>Keeps the activities of the app and of its host.</summary>
internal sealed class Recorder : IDisposable
{
    private const string Host = "Microsoft.Azure.Functions.Worker";
    private readonly ActivityListener listener;
    private readonly ConcurrentQueue<Activity> ended = new();

    public Recorder()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Traces.Source or Host,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>In the order of their beginning.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. ended.Where(activity => activity.TraceId == trace).OrderBy(activity => activity.StartTimeUtc)];

    public Activity? Find(ActivitySpanId span) => ended.FirstOrDefault(activity => activity.SpanId == span);

    public void Dispose() => listener.Dispose();
}
