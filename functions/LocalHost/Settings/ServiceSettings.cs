using Microsoft.Extensions.Configuration;
using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Settings;

/// <summary>A service has an address, a storage account and secrets of its own: those of development are known to everybody.</summary>
internal static class ServiceSettings
{
    private const string BaseUrl = "Site:BaseUrl";
    private static readonly string[] SecretEndings = ["Key", "Keys"];

    /// <exception cref="StartException">Names the first setting that is missing, or everybody's.</exception>
    public static void Check(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[BaseUrl]))
        {
            throw new StartException("Setting Site__BaseUrl is missing: the address by which people reach the service, such as https://gobiernoabierto.example.org.");
        }
        if (StoragePorts.IsEmulators(configuration[StorageAccount.Setting]))
        {
            throw new StartException($"--service needs a storage account: {StorageAccount.Setting} names the emulator's, whose key everybody knows.");
        }
        foreach (var (name, everybodys) in SettingsFile.ReadSample().Where(setting => SecretEndings.Any(ending => setting.Key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))))
        {
            if (Parts(configuration[name]).Intersect(Parts(everybodys)).Any())
            {
                throw new StartException($"Setting {name.Replace(":", "__", StringComparison.Ordinal)} has the value of local.settings.sample.json, which everybody knows: set it to one of your own.");
            }
        }
    }

    private static string[] Parts(string? value) => (value ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
