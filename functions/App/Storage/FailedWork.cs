using System.Net;
using Azure;

namespace OpenGov.Functions.Storage;

/// <param name="Queue">To which it would go back.</param>
/// <param name="At">When it was put aside.</param>
public sealed record FailedMessage(string Queue, string Id, DateTimeOffset? At, string Text);

/// <summary>What failed at every try and was put aside. Once its cause is gone it goes back to its queue; handlers know what they did already.</summary>
public sealed class FailedWork(StorageClients storage)
{
    private const int AtOnce = 32;
    private const int MostAtOneTime = 1000;
    private static readonly TimeSpan TimeToMove = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<FailedMessage>> ListAsync(CancellationToken cancel) =>
        [.. (await Task.WhenAll(Queues.All.Select(queue => PeekAsync(queue, cancel)))).SelectMany(messages => messages)];

    /// <returns>How many went back.</returns>
    public async Task<int> ReplayAsync(string queue, CancellationToken cancel)
    {
        var (from, to) = (storage.Queue(queue + WaitingWork.PoisonSuffix), storage.Queue(queue));
        var moved = 0;
        try
        {
            while (moved < MostAtOneTime && await from.ReceiveMessagesAsync(AtOnce, TimeToMove, cancel) is { Value: { Length: > 0 } messages })
            {
                foreach (var message in messages)
                {
                    // Sent before it is deleted: it may come twice, and is never lost.
                    await to.SendMessageAsync(WorkMessage.Renewed(message.Body), cancellationToken: cancel);
                    await from.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancel);
                    moved++;
                }
            }
        }
        catch (RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            // The runtime creates the queue with its first message: there is none.
        }
        return moved;
    }

    private async Task<IEnumerable<FailedMessage>> PeekAsync(string queue, CancellationToken cancel)
    {
        try
        {
            return (await storage.Queue(queue + WaitingWork.PoisonSuffix).PeekMessagesAsync(AtOnce, cancel)).Value.Select(message => new FailedMessage(queue, message.MessageId, message.InsertedOn, message.Body.ToString()));
        }
        catch (RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            return [];
        }
    }
}
