using System.Threading.Channels;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

/// <summary>
/// Asks for the delivery of effects soon after a commit, one message for all commits of a moment. It may be lost
/// without harm: the sweep finds what it would have found.
/// </summary>
public sealed class WakeUp(StorageClients storage, ILogger<WakeUp> log) : BackgroundService
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);
    private readonly Channel<(WorkPlace Place, string? Trace)> requested = Channel.CreateUnbounded<(WorkPlace Place, string? Trace)>();

    public void Request(WorkPlace place) => requested.Writer.TryWrite((place, Traces.Current));

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
            var places = new Dictionary<WorkPlace, string?>();
            while (requested.Reader.TryRead(out var request))
            {
                places.TryAdd(request.Place, request.Trace);
            }
            try
            {
                await Task.WhenAll(places.Select(wanted => queue.SendMessageAsync(WorkMessage.Of(wanted.Key, wanted.Value), cancellationToken: CancellationToken.None)));
            }
            catch (Exception failed) when (failed is Azure.RequestFailedException or AggregateException or IOException)
            {
                log.LogWarning("The queue does not answer; {Places} places of waiting work are left to the sweep.", places.Count);
            }
        }
    }
}
