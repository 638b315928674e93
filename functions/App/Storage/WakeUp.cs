using System.Threading.Channels;

namespace OpenGov.Functions.Storage;

/// <summary>
/// Asks for the delivery of effects soon after a commit, one message for all commits of a moment. It may be lost
/// without harm: the sweep finds what it would have found.
/// </summary>
public sealed class WakeUp(StorageClients storage, ILogger<WakeUp> log) : BackgroundService
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);
    private readonly Channel<WorkPlace> requested = Channel.CreateUnbounded<WorkPlace>();

    public void Request(WorkPlace place) => requested.Writer.TryWrite(place);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        requested.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var queue = storage.Queue(Queues.Effects);
        while (await requested.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await Task.Delay(Gathering, CancellationToken.None);
            var places = new HashSet<WorkPlace>();
            while (requested.Reader.TryRead(out var place))
            {
                places.Add(place);
            }
            try
            {
                await Task.WhenAll(places.Select(place => queue.SendMessageAsync(BinaryData.FromObjectAsJson(place, Json.Options), cancellationToken: CancellationToken.None)));
            }
            catch (Exception failed) when (failed is Azure.RequestFailedException or AggregateException or IOException)
            {
                log.LogWarning("The queue does not answer; {Places} places of waiting work are left to the sweep.", places.Count);
            }
        }
    }
}
