using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Settings;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost;

/// <summary>Starts with one line where it cannot, and stops in the order that finishes work in hand.</summary>
internal sealed class LocalApp(WebApplication app, LocalAddress address, bool ownsProcess) : IHost, IAsyncDisposable
{
    /// <summary>With what the services and the emulator may take after it, all is over within 10 s.</summary>
    private static readonly TimeSpan ForWorkInHand = TimeSpan.FromSeconds(4);
    public static readonly TimeSpan ForServices = TimeSpan.FromSeconds(2);
    private PosixSignalRegistration? hangUp;
    private bool started;

    public IServiceProvider Services => app.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        // A closed terminal ends us as Ctrl-C does.
        hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            app.Lifetime.StopApplication();
        });
        var resolved = false;
        try
        {
            // A setting at fault shows here, before anything has started that would have to be stopped.
            resolved = app.Services.GetServices<IHostedService>().Any();
            await app.StartAsync(cancellationToken);
            started = true;
            if (ownsProcess)
            {
                Announcement.Print(app.Services, address, app.Services.GetRequiredService<Options>().Service);
            }
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before it had started: whoever waits for the end stops what there is.
        }
        catch (Exception failure)
        {
            await (resolved ? StopAsync(CancellationToken.None) : Task.CompletedTask);
            var reason = failure is IOException { InnerException: AddressInUseException } ? new StartException(address.Taken) : failure as StartException;
            reason?.EndIf(ownsProcess);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (started)
        {
            // While the web server still answers, for the sandbox is among its pages.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(ForWorkInHand);
            await Task.WhenAll(Services.GetRequiredService<QueuePump>().StopAsync(patience.Token), Services.GetRequiredService<TimerFunctions>().StopAsync(patience.Token));
            await (Services.GetService<EventPost>()?.FlushAsync(patience.Token) ?? Task.CompletedTask);
            await Services.GetRequiredService<Invoker>().GiveUpAsync();
        }
        try
        {
            await app.StopAsync(cancellationToken);
        }
        catch (Exception late) when (late is OperationCanceledException or AggregateException)
        {
            Services.GetRequiredService<ILogger<LocalApp>>().LogWarning("Not all work in hand had ended in time.");
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        hangUp?.Dispose();
        await app.DisposeAsync();
    }
}
