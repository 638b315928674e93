using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenGov.LocalHost.Storage;

/// <summary>Waits for storage, with one line a try, before anything is read from it.</summary>
internal sealed class OpenStorage(LocalTable table, StorageAccount account, ILogger<OpenStorage> log) : IHostedService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await table.CreateAsync(cancellationToken);
                return;
            }
            catch (RequestFailedException refused) when (refused.Status is 401 or 403)
            {
                throw new StartException($"Storage at {account.Tables.Uri.Authority} refuses the account of {StorageAccount.Setting} ({refused.ErrorCode}).");
            }
            catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException)
            {
                log.LogError("Storage at {Address} cannot be reached; trying again in {Seconds} s.", account.Tables.Uri.Authority, BetweenTries.TotalSeconds);
            }
            await Task.Delay(BetweenTries, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
