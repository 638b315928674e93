using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Settings;

[assembly: AssemblyFixture(typeof(OpenGov.Functions.Storage.TestStorage))]

namespace OpenGov.Functions.Storage;

/// <summary>
/// Two emulators for all services of a run, started when the first asks: each service has an account of its own there,
/// so none sees another's rows. An emulator for each took a seventh of the run.
/// </summary>
public sealed class TestStorage : IAsyncDisposable
{
    private const int Emulators = 2;
    private const int MostServices = 400;
    private static readonly string Key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
    private static readonly Lazy<Task<(Azurite Process, StoragePorts Ports)[]>> Started = new(StartAsync);
    private static int services;

    /// <summary>The setting of a storage account that nobody had before.</summary>
    public static async Task<string> NewAccountAsync()
    {
        var emulators = await Started.Value;
        var service = Interlocked.Increment(ref services);
        Assert.InRange(service, 1, MostServices);
        return $"AzureWebJobsStorage={emulators[service % Emulators].Ports.ConnectionTo(Account(service), Key)}";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in Started.IsValueCreated ? await Started.Value : [])
        {
            await process.EndAsync(TimeSpan.FromSeconds(3));
            process.Dispose();
        }
    }

    private static string Account(int service) => $"service{service}";

    private static async Task<(Azurite, StoragePorts)[]> StartAsync()
    {
        var script = await AzuriteInstallation.EnsureAsync(Checkout.Find(), CancellationToken.None);
        var all = Enumerable.Range(0, Emulators).Select(_ => StoragePorts.Free()).ToArray();
        // Emulators that tests start with a folder inherit this, and keep the account that everybody knows.
        Environment.SetEnvironmentVariable("AZURITE_ACCOUNTS", string.Join(';', Enumerable.Range(1, MostServices).Select(service => $"{Account(service)}:{Key}").Prepend(StoragePorts.KnownAccount)));
        return await Task.WhenAll(all.Select(async ports => (await Azurite.StartAsync(script, ports, null, _ => { }, CancellationToken.None), ports)));
    }
}
