using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpenGov.LocalHost.Emulator;

/// <summary>
/// A storage emulator of our own, in a session of its own: Ctrl-C to the whole process group must not end it
/// before work in hand is stored.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int DefaultBlobPort = 10000;
    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(6);
    private readonly Process process;
    private readonly string? pidFile;

    private Azurite(Process process, int blobPort, int queuePort, int tablePort, string? pidFile)
    {
        this.process = process;
        this.pidFile = pidFile;
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};" +
            $"BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};TableEndpoint=http://127.0.0.1:{tablePort}/{Account};";
    }

    public string ConnectionString { get; }

    /// <param name="checkout">The folder that holds infra/azurite.</param>
    /// <param name="folder">Where it keeps its data; null: in memory, on free ports.</param>
    /// <exception cref="StartException">Node.js is missing, a port is taken, or the emulator does not answer.</exception>
    public static async Task<Azurite> StartAsync(string checkout, string? folder, CancellationToken cancel)
    {
        var script = await AzuriteInstallation.EnsureAsync(checkout, cancel);
        string? pidFile = null;
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            pidFile = Path.Combine(folder, "azurite.pid");
            await EndLeftoverAsync(pidFile);
        }
        var free = folder is null ? FreePorts(3) : [DefaultBlobPort, DefaultBlobPort + 1, DefaultBlobPort + 2];
        var ports = folder is null || free.All(IsFree) ? free
            : throw new StartException($"Port {free.First(port => !IsFree(port))} is in use, perhaps by another emulator: end it, or start with --storage memory.");
        string[] arguments =
        [
            script, "--silent", "--skipApiVersionCheck", "--disableTelemetry", .. folder is null ? new[] { "--inMemoryPersistence" } : ["--location", folder],
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", Text(ports[0]), "--queuePort", Text(ports[1]), "--tablePort", Text(ports[2]),
        ];
        var azurite = new Azurite(Launch(arguments, folder), ports[0], ports[1], ports[2], pidFile);
        if (pidFile is not null)
        {
            await File.WriteAllTextAsync(pidFile, Text(azurite.process.Id), cancel);
        }
        await azurite.AnswersAsync(ports, cancel);
        return azurite;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(process);
        if (pidFile is not null)
        {
            File.Delete(pidFile);
        }
        process.Dispose();
    }

    private static Process Launch(string[] arguments, string? folder)
    {
        var separate = OperatingSystem.IsLinux() && File.Exists("/usr/bin/setsid");
        var start = new ProcessStartInfo(separate ? "/usr/bin/setsid" : "node")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var argument in separate ? ["node", .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task AnswersAsync(int[] ports, CancellationToken cancel)
    {
        var waited = Stopwatch.StartNew();
        while (!process.HasExited && waited.Elapsed < ToStart)
        {
            if (ports.All(port => !IsFree(port)))
            {
                return;
            }
            await Task.Delay(50, cancel);
        }
        await DisposeAsync();
        throw new StartException("The storage emulator does not start: delete infra/azurite/node_modules and try again.");
    }

    private static async Task EndLeftoverAsync(string pidFile)
    {
        if (!File.Exists(pidFile) || !int.TryParse(await File.ReadAllTextAsync(pidFile), CultureInfo.InvariantCulture, out var pid))
        {
            return;
        }
        try
        {
            using var leftover = Process.GetProcessById(pid);
            if (leftover.ProcessName.Contains("node", StringComparison.Ordinal))
            {
                await EndAsync(leftover);
            }
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }
        if (!OperatingSystem.IsWindows())
        {
            using var signal = Process.Start("kill", ["-TERM", Text(process.Id)]);
            await signal.WaitForExitAsync();
            using var patience = new CancellationTokenSource(ToStop);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    private static bool IsFree(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
