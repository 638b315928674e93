using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OpenGov.LocalHost.Settings;

/// <summary>What the command line asks for. <c>Key=Value</c> arguments are settings and prevail over all others.</summary>
internal sealed record Options(
    int Port, string? Storage, DateTime? Now, bool Service, string? Join, IReadOnlyDictionary<string, string?> Settings)
{
    public const string InMemory = "memory";
    private const int DefaultPort = 7071;
    private const string Flags = "--port N, --storage DIR|memory, --now 2019-02-22T09:00, --empty, --service, --join URL, Key=Value";

    public static Options Read(string[] args)
    {
        var options = new Options(DefaultPort, null, null, false, null, new Dictionary<string, string?>());
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < args.Length; i++)
        {
            string Next() => i + 1 < args.Length ? args[++i] : throw new StartException($"{args[i]} needs a value.");
            switch (args[i])
            {
                case "--port":
                    var text = Next();
                    options = options with
                    {
                        Port = int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535
                            ? port
                            : throw new StartException($"--port {text} is no port number."),
                    };
                    break;
                case "--storage":
                    options = options with { Storage = Next() };
                    break;
                case "--now":
                    var now = Next();
                    options = options with
                    {
                        Now = DateTime.TryParse(now, CultureInfo.InvariantCulture, out var parsed)
                            ? parsed
                            : throw new StartException($"--now {now} is no time such as 2019-02-22T09:00."),
                    };
                    break;
                case "--empty":
                    settings["Sample:Skip"] = "true";
                    break;
                case "--service":
                    options = options with { Service = true };
                    break;
                case "--join":
                    options = options with { Join = Next().TrimEnd('/') };
                    break;
                case var setting when setting.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && !setting.StartsWith("--", StringComparison.Ordinal):
                    settings[setting[..at].Replace("__", ":", StringComparison.Ordinal)] = setting[(at + 1)..];
                    break;
                default:
                    throw new StartException($"{args[i]} is not known here. Flags: {Flags}");
            }
        }
        return options with { Settings = settings };
    }
}

/// <summary>Settings in the Functions format, from the file beside the solution or the project.</summary>
internal static class SettingsFile
{
    private static readonly string[] Names = ["local.settings.json", "local.settings.sample.json"];

    public static IReadOnlyDictionary<string, string?> Read(string root)
    {
        var file = Names.SelectMany(name => new[] { Path.Combine(root, name), Path.Combine(root, "functions", "App", name) }).FirstOrDefault(File.Exists);
        return file is null
            ? new Dictionary<string, string?>()
            : new ConfigurationBuilder().AddJsonFile(file).Build().GetSection("Values").AsEnumerable(makePathsRelative: true)
                .ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => pair.Value);
    }
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
