using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.BlackBox;

/// <summary>README's first command as a process of its own, in a process group of its own; reached by HTTP alone.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);
    private const string Mark = "OPENGOV_TEST_RUN";
    private readonly Process process;
    private readonly string mark;
    private readonly StringBuilder output = new();

    private RunningService(Process process, int port, string mark)
    {
        this.process = process;
        this.mark = mark;
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromMinutes(3) };
        Http.DefaultRequestHeaders.Add("Origin", $"http://localhost:{port}");
    }

    /// <summary>It keeps cookies, follows nothing, and sends the site's Origin.</summary>
    public HttpClient Http { get; }

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

    public static async Task<RunningService> StartAsync(params string[] flags)
    {
        var port = FreePort();
        var mark = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("setsid") { WorkingDirectory = Checkout.Root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] command = ["dotnet", "run", "--no-build", "--project", "functions/App", "--", "--port", port.ToString(CultureInfo.InvariantCulture), .. flags];
        Array.ForEach(command, start.ArgumentList.Add);
        // Inherited by all that it starts, also by what begins a session of its own.
        start.Environment[Mark] = mark;
        var service = new RunningService(Process.Start(start)!, port, mark);
        service.Listen();
        var waited = Stopwatch.StartNew();
        while (!await service.IsUpAsync())
        {
            if (service.process.HasExited || waited.Elapsed > StartTime)
            {
                await service.DisposeAsync();
                throw new InvalidOperationException($"The service did not start:\n{service.Output}");
            }
            await Task.Delay(200);
        }
        return service;
    }

    public async Task AdvanceToAsync(string panamaTime) =>
        Assert.Equal(HttpStatusCode.OK, (await Http.PostAsJsonAsync("/dev/clock", new { now = panamaTime })).StatusCode);

    public async Task<List<JsonElement>> MailsAsync(string? to = null) =>
        (await Http.GetFromJsonAsync<List<JsonElement>>(to is null ? "/dev/mailbox.json" : $"/dev/mailbox.json?to={to}"))!;

    /// <summary>The newest mail to <paramref name="to"/> whose subject begins so.</summary>
    public async Task<JsonElement> MailAsync(string to, string subject)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(100))
        {
            var mail = (await MailsAsync(to)).FirstOrDefault(mail => mail.GetProperty("subject").GetString()!.StartsWith(subject, StringComparison.Ordinal));
            if (mail.ValueKind == JsonValueKind.Object)
            {
                return mail;
            }
        }
        throw new InvalidOperationException($"No mail '{subject}' came to {to}.\n{Output}");
    }

    /// <summary>As Ctrl-C in a terminal: the whole group gets the signal. True where all of it ended in time.</summary>
    public async Task<bool> StopAsync(string signal = "INT")
    {
        Signal(signal);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < StopTime; await Task.Delay(100))
        {
            if (Remaining().Count == 0)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>What still runs of all that the command started, by command line.</summary>
    public IReadOnlyList<string> Remaining() => [.. Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
        .Where(folder => Read(Path.Combine(folder, "environ")).Contains($"{Mark}={mark}", StringComparison.Ordinal))
        .Select(folder => Read(Path.Combine(folder, "cmdline")).Replace('\0', ' '))
        .Where(command => command.Length > 0)];

    public async ValueTask DisposeAsync()
    {
        if (Remaining().Count > 0 && !await StopAsync("TERM"))
        {
            Signal("KILL");
        }
        Http.Dispose();
        process.Dispose();
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Signal(string signal) => Process.Start("kill", [$"-{signal}", "--", $"-{process.Id}"]).WaitForExit();

    private void Listen()
    {
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            return (await Http.GetAsync("/api/chronogram")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
