using Microsoft.Extensions.Configuration;

namespace OpenGov.LocalHost.Settings;

/// <summary>Settings in the Functions format, from the file beside the solution or the project; a service's, from the one beside its program.</summary>
internal static class SettingsFile
{
    private const string Own = "local.settings.json";
    // Its keys are known to everybody: for development alone.
    private const string Sample = "local.settings.sample.json";

    /// <exception cref="StartException">The file cannot be read as settings.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string root, bool service)
    {
        var names = service ? new[] { Own } : [Own, Sample];
        var file = names.SelectMany(name => new[] { Path.Combine(root, name), Path.Combine(root, "functions", "App", name) }).FirstOrDefault(File.Exists);
        try
        {
            return file is null ? new Dictionary<string, string?>() : ValuesOf(new ConfigurationBuilder().AddJsonFile(file));
        }
        catch (Exception malformed) when (malformed is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{file} cannot be read: {(malformed.InnerException ?? malformed).Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>As it was when the host was built: a service has no such file beside it.</summary>
    public static IReadOnlyDictionary<string, string?> ReadSample()
    {
        using var sample = typeof(SettingsFile).Assembly.GetManifestResourceStream(Sample)!;
        return ValuesOf(new ConfigurationBuilder().AddJsonStream(sample));
    }

    private static Dictionary<string, string?> ValuesOf(IConfigurationBuilder file) => file.Build().GetSection("Values").AsEnumerable(makePathsRelative: true)
        .ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => pair.Value);
}

/// <summary>The folder of the solution: where settings, the emulator and its data are.</summary>
internal static class Checkout
{
    public static string Find()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (folder.EnumerateFiles("*.sln").Any())
                {
                    return folder.FullName;
                }
            }
        }
        return AppContext.BaseDirectory;
    }
}
