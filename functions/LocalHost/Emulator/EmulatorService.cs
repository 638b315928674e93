using Microsoft.Extensions.Hosting;

namespace OpenGov.LocalHost.Emulator;

/// <param name="Checkout">The folder that holds infra/azurite.</param>
/// <param name="Folder">Where the data is kept; null: in memory.</param>
internal sealed record EmulatorPlan(string Checkout, string? Folder, StoragePorts Ports);

/// <summary>The first of the host's services to start, and so the last to stop.</summary>
internal sealed class EmulatorService(EmulatorPlan plan, IHostApplicationLifetime lifetime) : IHostedService
{
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(3);
    private AzuriteFolder? folder;
    private Azurite? azurite;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var script = await AzuriteInstallation.EnsureAsync(plan.Checkout, cancellationToken);
        folder = plan.Folder is null ? null : await AzuriteFolder.TakeAsync(plan.Folder, cancellationToken);
        if (plan.Ports.All.FirstOrDefault(port => !Ports.IsFree(port)) is > 0 and var taken)
        {
            throw new StartException($"Port {taken} is in use, perhaps by another storage emulator: end it, start with --storage memory, or with LocalHost__StoragePort=0 for any free port.");
        }
        azurite = await Azurite.StartAsync(script, plan.Ports, plan.Folder, EndWith, cancellationToken);
        await (folder?.RecordAsync(azurite.Id) ?? Task.CompletedTask);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (azurite is not null)
        {
            await azurite.EndAsync(ToStop);
            azurite.Dispose();
            azurite = null;
        }
        folder?.Dispose();
        folder = null;
    }

    private void EndWith(string reason)
    {
        if (lifetime.ApplicationStopped.IsCancellationRequested)
        {
            return;
        }
        Console.Error.WriteLine(reason);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
