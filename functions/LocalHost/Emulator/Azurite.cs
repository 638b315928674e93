using System.Diagnostics;
using System.Globalization;

namespace OpenGov.LocalHost.Emulator;

/// <summary>
/// The emulator's process. Ctrl-C to the whole process group must not end it before work in hand is stored, and it
/// must not outlive this process, however this one ends: so it is in a session of its own and watches its standard
/// input, which the system closes with us.
/// </summary>
internal sealed class Azurite : IDisposable
{
    private const string Setsid = "/usr/bin/setsid";
    private const string Watcher = """
        const ignored = process.argv.splice(1, 1)[0].split(',');
        const once = process.once.bind(process);
        process.once = (event, listener) => ignored.includes(event) ? process : once(event, listener);
        [process.stdout, process.stderr].forEach(stream => stream.on('error', () => {}));
        ignored.forEach(signal => process.on(signal, () => {}));
        const { Server } = require('http');
        const close = Server.prototype.close;
        Server.prototype.close = function (...rest) { const closing = close.apply(this, rest); this.closeAllConnections(); return closing; };
        process.stdin.on('end', () => {
          setTimeout(() => process.exit(), 5000).unref();
          if (!process.emit('message', 'shutdown')) process.exit();
        }).on('error', () => process.exit()).resume();
        require(process.argv[1]);
        """;

    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(30);
    private readonly Process process;
    private volatile string lastWords = "";
    private volatile bool ending;

    private Azurite(Process process) => this.process = process;

    public int Id => process.Id;

    /// <param name="died">Called with a reason when it ends without being asked to.</param>
    /// <exception cref="StartException">It ends or does not answer in time.</exception>
    public static async Task<Azurite> StartAsync(string script, StoragePorts ports, string? folder, Action<string> died, CancellationToken cancel)
    {
        var separate = OperatingSystem.IsLinux() && File.Exists(Setsid);
        string[] arguments =
        [
            "-e", Watcher, "--", separate ? "SIGINT,SIGHUP" : "SIGINT,SIGHUP,SIGTERM",
            script, "--silent", "--skipApiVersionCheck", "--disableTelemetry", .. folder is null ? new[] { "--inMemoryPersistence" } : ["--location", folder],
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", Text(ports.Blob), "--queuePort", Text(ports.Queue), "--tablePort", Text(ports.Table),
        ];
        var process = new Process
        {
            EnableRaisingEvents = true,
            StartInfo = new ProcessStartInfo(separate ? Setsid : "node", separate ? ["node", .. arguments] : arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                WorkingDirectory = folder ?? Path.GetTempPath(),
            },
        };
        var azurite = new Azurite(process);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => azurite.lastWords = string.IsNullOrWhiteSpace(line.Data) ? azurite.lastWords : line.Data.Trim();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await azurite.AnswersAsync(ports, cancel);
        }
        catch
        {
            await azurite.EndAsync(TimeSpan.Zero);
            throw;
        }
        process.Exited += (_, _) =>
        {
            if (!azurite.ending)
            {
                died($"The storage emulator ended unexpectedly{azurite.Reason}: start again.");
            }
        };
        return azurite;
    }

    public async Task EndAsync(TimeSpan patience)
    {
        ending = true;
        try
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(patience);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            // It has ended already.
        }
    }

    public void Dispose() => process.Dispose();

    private string Reason => lastWords.Length > 0 ? $" ({lastWords})" : process.HasExited ? $" (exit code {process.ExitCode})" : "";

    private async Task AnswersAsync(StoragePorts ports, CancellationToken cancel)
    {
        var waited = Stopwatch.StartNew();
        while (!process.HasExited && waited.Elapsed < ToStart)
        {
            if (ports.All.All(Ports.Answers))
            {
                return;
            }
            await Task.Delay(50, cancel);
        }
        await Task.Delay(50, cancel);
        throw new StartException($"The storage emulator does not start{Reason}: delete infra/azurite/node_modules and try again.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
