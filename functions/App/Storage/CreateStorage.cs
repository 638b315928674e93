using Azure;

namespace OpenGov.Functions.Storage;

/// <summary>Creates tables, queues and containers before anything is accepted; waits for storage with one line a try.</summary>
public sealed class CreateStorage(StorageClients storage, IEnumerable<ISeed> seeds, ILogger<CreateStorage> log) : IHostedService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await storage.CreateAllAsync(cancellationToken);
                foreach (var seed in seeds)
                {
                    await seed.PlantAsync(cancellationToken);
                }
                return;
            }
            catch (Exception unreachable) when (unreachable is RequestFailedException { Status: 0 or >= 500 } or AggregateException)
            {
                log.LogError("Storage cannot be reached; trying again in {Seconds} s.", BetweenTries.TotalSeconds);
            }
            await Task.Delay(BetweenTries, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Fills an empty store; called at every start, in the order of registration.</summary>
public interface ISeed
{
    Task PlantAsync(CancellationToken cancel);
}
