using System.Globalization;

namespace OpenGov.LocalHost.Settings;

/// <summary>What the command line asks for. <c>Key=Value</c> arguments are settings and prevail over all others.</summary>
internal sealed record Options
{
    public const string InMemory = "memory";
    private const int DefaultPort = 7071;
    private const string Flags = "--port N, --storage DIR, --storage memory, --now 2019-02-22T09:00, --empty, --service, --join URL, Key=Value";

    /// <summary>0: any that is free.</summary>
    public int Port { get; private init; } = DefaultPort;

    public string? Storage { get; private init; }

    /// <summary>As written; read once the zone is known.</summary>
    public string? NowText { get; private init; }

    public DateTimeOffset? Now { get; init; }

    public bool Service { get; private init; }

    public Uri? Join { get; private init; }

    public IReadOnlyDictionary<string, string?> Settings { get; private init; } = new Dictionary<string, string?>();

    /// <exception cref="StartException">Something is not understood, or does not go together.</exception>
    public static Options Read(string[] args)
    {
        var options = new Options();
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < args.Length; i++)
        {
            var flag = args[i];
            string Next() => i + 1 < args.Length && args[i + 1].Length > 0 && !args[i + 1].StartsWith("--", StringComparison.Ordinal)
                ? args[++i]
                : throw new StartException($"{flag} needs a value. Flags: {Flags}");
            options = flag switch
            {
                "--port" => options with { Port = ReadPort(Next()) },
                "--storage" => options with { Storage = Next() },
                "--now" => options with { NowText = Next() },
                "--service" => options with { Service = true },
                "--join" => options with { Join = ReadAddress(Next()) },
                "--empty" => options.With(settings, "Sample:Skip", "true"),
                _ when flag.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && flag[0] != '-' =>
                    options.With(settings, flag[..at].Replace("__", ":", StringComparison.Ordinal), flag[(at + 1)..]),
                _ => throw new StartException($"{flag} is not known here. Flags: {Flags}"),
            };
        }
        if (options.Service && (options.Storage ?? options.NowText ?? options.Join?.ToString()) is not null)
        {
            throw new StartException("--service has a real account and the system's clock: leave out --storage, --now and --join.");
        }
        if (options.Join is not null && (options.Storage ?? options.NowText) is not null)
        {
            throw new StartException("--join shares the storage and the clock of the first instance: leave out --storage and --now.");
        }
        return options with { Settings = settings };
    }

    private Options With(Dictionary<string, string?> settings, string name, string value)
    {
        settings[name] = value;
        return this;
    }

    private static int ReadPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new StartException($"--port {text} is no port number: 0 (any) to 65535.");

    private static Uri ReadAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback
            ? new Uri(address.GetLeftPart(UriPartial.Authority))
            : throw new StartException($"--join {text} is no address of an instance on this machine, such as http://localhost:7071.");
}
