using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Settings;

[assembly: AssemblyFixture(typeof(OpenGov.LocalHost.OfficeStorage))]

namespace OpenGov.LocalHost;

/// <summary>A storage account with a name and a key of its own, as an office has one.</summary>
public sealed class OfficeStorage : IAsyncLifetime
{
    private const string Account = "office";
    private readonly string key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
    private readonly StoragePorts ports = StoragePorts.Free();
    private Azurite azurite = null!;

    public string Connection => ports.ConnectionTo(Account, key);

    /// <summary>What a service has to be told at least.</summary>
    public string[] Service => ["--service", $"AzureWebJobsStorage={Connection}", "Site__BaseUrl=https://example.org"];

    public async ValueTask InitializeAsync()
    {
        var script = await AzuriteInstallation.EnsureAsync(Checkout.Find(), CancellationToken.None);
        // The other emulators of these tests, which inherit this, keep the account that everybody knows.
        Environment.SetEnvironmentVariable("AZURITE_ACCOUNTS", $"{StoragePorts.KnownAccount};{Account}:{key}");
        azurite = await Azurite.StartAsync(script, ports, null, _ => { }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await azurite.EndAsync(TimeSpan.FromSeconds(3));
        azurite.Dispose();
    }
}
