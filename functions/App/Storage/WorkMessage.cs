using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

/// <summary>
/// What a queue carries: the work and, beside its fields, when it was to arrive (by the system's clock) and the trace
/// that it belongs to. A version that knows nothing of these reads the work all the same, and this one a message
/// without them.
/// </summary>
public static class WorkMessage
{
    private const string Due = "$due";
    private const string Trace = "$trace";

    /// <param name="trace">As <see cref="Traces.Current"/> gave it.</param>
    /// <param name="after">How long the queue is asked to keep it back.</param>
    public static BinaryData Of<T>(T work, string? trace, TimeSpan after = default)
    {
        var message = JsonSerializer.SerializeToNode(work, Json.Options)!.AsObject();
        message[Due] = TimeProvider.System.GetUtcNow() + after;
        message[Trace] = trace;
        return BinaryData.FromString(message.ToJsonString(Json.Options));
    }

    /// <summary>The same work, to arrive now; what cannot be read stays as it is.</summary>
    public static BinaryData Renewed(BinaryData message)
    {
        try
        {
            var work = JsonNode.Parse(message)?.AsObject() ?? [];
            return Of(work, (string?)work[Trace]);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return message;
        }
    }

    internal static (T Work, DateTimeOffset? Due, string? Trace) Read<T>(string message)
    {
        var read = JsonNode.Parse(message)!.AsObject();
        return (read.Deserialize<T>(Json.Options)!, (DateTimeOffset?)read[Due], (string?)read[Trace]);
    }
}

/// <summary>Work in hand, traced until it is disposed.</summary>
public sealed record Arrival<T>(T Work, Activity? Activity) : IDisposable
{
    public void Dispose() => Activity?.Dispose();
}

/// <summary>Takes messages: how late they are is measured, and their trace goes on.</summary>
public sealed class Arrivals(Measures measures)
{
    public Arrival<T> Take<T>(string queue, string message)
    {
        var (work, due, trace) = WorkMessage.Read<T>(message);
        if (TimeProvider.System.GetUtcNow() - due is { } late)
        {
            measures.QueueDelay(queue, late > TimeSpan.Zero ? late : TimeSpan.Zero);
        }
        return new Arrival<T>(work, Traces.Continue($"process {queue}", trace, ActivityKind.Consumer));
    }
}
