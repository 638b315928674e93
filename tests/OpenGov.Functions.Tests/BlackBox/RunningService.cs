using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.BlackBox;

/// <summary>README's first command as a process of its own, in a session of its own; reached by HTTP alone.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);
    private readonly ProcessFamily family = new();
    private readonly StringBuilder output = new();
    private readonly Process process;

    private RunningService(int port, string[] flags)
    {
        process = family.Start(Checkout.Root, ["dotnet", "run", "--no-build", "--project", "functions/App", "--", "--port", port.ToString(CultureInfo.InvariantCulture), .. flags]);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = $"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}";
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address), Timeout = Patience };
        Http.DefaultRequestHeaders.Add("Origin", address);
    }

    /// <summary>It keeps cookies, follows nothing, and sends the site's Origin.</summary>
    public HttpClient Http { get; }

    /// <summary>The command lines of all that it started and that still runs.</summary>
    public IEnumerable<string> Running => family.Alive().Values;

    /// <summary>What the process said on both of its streams.</summary>
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
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sessions and their processes are read from /proc.");
        var service = new RunningService(FreePort(), flags);
        try
        {
            await service.UntilAsync("The service starts", service.IsUpAsync, IsEmulatorInstalled ? Patience : InstallTime);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks again and again until the answer is neither null nor false.</summary>
    public async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, TimeSpan? patience = null)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < (patience ?? Patience) && !process.HasExited; await Task.Delay(BetweenTries))
        {
            if (await ask() is { } answer and not false)
            {
                return answer;
            }
        }
        throw new TimeoutException($"{what}: not so, {(process.HasExited ? "and the process has ended" : "in time")}. It said:\n{Output}");
    }

    public async Task<DateTimeOffset> NowAsync() =>
        (await Http.GetFromJsonAsync<JsonElement>("/dev/clock")).GetProperty("now").GetDateTimeOffset();

    /// <summary>In steps of some weeks: each day that has a timer takes its time.</summary>
    public async Task AdvanceToAsync(DateTimeOffset target)
    {
        for (var now = await NowAsync(); now < target; now = await NowAsync())
        {
            var step = now.AddDays(14) < target ? now.AddDays(14) : target;
            Assert.Equal(HttpStatusCode.OK, (await Http.PostAsJsonAsync("/dev/clock", new { now = step })).StatusCode);
        }
    }

    /// <summary>All mails, or those to one mailbox, the oldest first.</summary>
    public async Task<IReadOnlyList<Mail>> MailsAsync(string? to = null) =>
        [.. (await Http.GetFromJsonAsync<List<Mail>>(to is null ? "/dev/mailbox.json" : $"/dev/mailbox.json?to={to}"))!.AsEnumerable().Reverse()];

    /// <summary>The newest mail to <paramref name="to"/> whose subject begins so.</summary>
    public Task<Mail> MailAsync(string to, string subject) =>
        UntilAsync<Mail>($"A mail '{subject}' comes to {to}", async () =>
            (await MailsAsync(to)).LastOrDefault(mail => mail.Subject.StartsWith(subject, StringComparison.Ordinal))!);

    /// <summary>As Ctrl-C in a terminal: the whole group gets the signal, and all of it has to end in time.</summary>
    public async Task StopAsync(string signal = "INT")
    {
        ProcessFamily.Signal(signal, -process.Id);
        Assert.True(
            await family.EndsWithinAsync(StopTime),
            $"{StopTime.TotalSeconds} s after SIG{signal} these still run:\n{string.Join('\n', Running)}\nThe service said:\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        // Shown by the runner where the test fails.
        TestContext.Current.TestOutputHelper?.WriteLine($"The service said:\n{Output}");
        await family.KillAsync(StopTime);
        Http.Dispose();
        process.Dispose();
    }

    private static bool IsEmulatorInstalled => File.Exists(Path.Combine(Checkout.Root, "infra", "azurite", "node_modules", ".package-lock.json"));

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.Append(line.Data is null ? "" : $"{line.Data}\n");
        }
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            return (await Http.GetAsync("/api/chronogram")).IsSuccessStatusCode;
        }
        // The client may lose a socket that closes while it connects, and says so in the socket's words.
        catch (Exception notYet) when (notYet is HttpRequestException or SocketException)
        {
            return false;
        }
    }

    // Below what systems lend to outgoing connections: none of those takes it before the service does.
    private static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(10_000, 20_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it: another.
            }
        }
    }
}

public sealed record Mail(string To, string Subject, string Text, DateTimeOffset At);
