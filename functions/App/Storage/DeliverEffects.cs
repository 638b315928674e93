using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

public sealed class DeliverEffects(Outbox outbox, StorageClients storage, Arrivals arrivals)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    [Function(nameof(DeliverEffects))]
    public async Task Run([QueueTrigger(Queues.Effects)] string message, CancellationToken cancel)
    {
        using var arrival = arrivals.Take<WorkPlace>(Queues.Effects, message);
        if (await outbox.DeliverAsync(arrival.Work, cancel) is { } wait)
        {
            var after = wait > ShortestWait ? wait : ShortestWait;
            await storage.Queue(Queues.Effects).SendMessageAsync(
                WorkMessage.Of(arrival.Work, Traces.Current, after), visibilityTimeout: after, cancellationToken: cancel);
        }
    }
}

/// <summary>What no wake-up delivered: a lost message, a process that ended between commit and message.</summary>
public sealed class SweepEffects(OpenWork openWork, Outbox outbox, StorageClients storage)
{
    [Function(nameof(SweepEffects))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancel)
    {
        var queue = storage.Queue(Queues.Effects);
        foreach (var place in await openWork.ListAsync(cancel))
        {
            if (await outbox.FindFirstAsync(place, cancel) is { } waiting)
            {
                using var activity = Traces.Continue($"sweep {place.Table}", waiting.Trace);
                await queue.SendMessageAsync(WorkMessage.Of(place, Traces.Current ?? waiting.Trace), cancellationToken: cancel);
            }
            else
            {
                await openWork.CloseIfOldAsync(place, cancel);
            }
        }
    }
}
