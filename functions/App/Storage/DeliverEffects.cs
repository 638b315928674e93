using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Storage;

public sealed class DeliverEffects(Outbox outbox, StorageClients storage)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    [Function(nameof(DeliverEffects))]
    public async Task Run([QueueTrigger(Queues.Effects)] string message, CancellationToken cancel)
    {
        var place = System.Text.Json.JsonSerializer.Deserialize<WorkPlace>(message, Json.Options)!;
        if (await outbox.DeliverAsync(place, cancel) is { } wait)
        {
            await storage.Queue(Queues.Effects).SendMessageAsync(
                BinaryData.FromString(message), visibilityTimeout: wait > ShortestWait ? wait : ShortestWait, cancellationToken: cancel);
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
            if (await outbox.IsEmptyAsync(place, cancel))
            {
                await openWork.CloseIfOldAsync(place, cancel);
            }
            else
            {
                await queue.SendMessageAsync(BinaryData.FromObjectAsJson(place, Json.Options), cancellationToken: cancel);
            }
        }
    }
}
