using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost;

/// <summary>The app as its users start it, in a process of its own.</summary>
public sealed class AppProcess : IDisposable
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private AppProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    public static AppProcess Start(IEnumerable<string> args, string? path = null, string? folder = null, params (string Name, string Value)[] environment)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var app = Path.Combine(Checkout.Find(), "functions", "App", "bin", configuration, "net10.0", "OpenGov.Functions.dll");
        var start = new ProcessStartInfo(Dotnet, [app, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? Checkout.Find() };
        start.Environment["PATH"] = path ?? start.Environment["PATH"];
        foreach (var name in new[] { "Cycle__File", "Test__Setting" })
        {
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var started = new AppProcess(new Process { StartInfo = start });
        started.process.OutputDataReceived += (_, line) => Keep(started.output, line.Data);
        started.process.ErrorDataReceived += (_, line) => Keep(started.errors, line.Data);
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    public async Task SaysAsync(string text)
    {
        for (var tries = 0; tries < 300 && !Output.Contains(text, StringComparison.Ordinal); tries++)
        {
            Assert.False(process.HasExited, $"It ended: {Errors}");
            await Task.Delay(100);
        }
        Assert.Contains(text, Output);
    }

    public async Task<int> EndsAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public void Signal(string name) => SignalTo(name, Id);

    public static void SignalTo(string name, int id)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {id.ToString(CultureInfo.InvariantCulture)}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        process.Dispose();
    }

    private static void Keep(StringBuilder all, string? line)
    {
        lock (all)
        {
            all.Append(line is null ? "" : line + "\n");
        }
    }
}
