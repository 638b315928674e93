using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Dev;
using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Http;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Settings;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost;

/// <summary>Puts the pieces together: before the app adds its services, and after.</summary>
internal static class LocalMachine
{
    private const string StorageSetting = "AzureWebJobsStorage";
    private const long LargestBody = 100 * 1024 * 1024;

    public static WebApplicationBuilder Prepare(string[] args, Assembly functions)
    {
        var options = Options.Read(args);
        var checkout = Checkout.Find();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(SettingsFile.Read(checkout)).AddEnvironmentVariables().AddInMemoryCollection(options.Settings);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.Error);
        var port = options.Port == 0 ? FreePort() : RequireFree(options.Port);
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.ListenLocalhost(port);
        });
        var address = $"http://localhost:{port}";
        builder.Configuration["Site:BaseUrl"] ??= address;
        if (!options.Service)
        {
            builder.Configuration["SendGrid:Host"] ??= address;
        }
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.AddRouting().AddSingleton(options).AddSingleton(new FunctionCatalog(LocalFunction.FindIn(functions)));
        AddStorage(builder, options, checkout);
        AddClock(builder, options);
        return builder;
    }

    public static IHost Complete(WebApplicationBuilder builder)
    {
        var options = (Options)builder.Services.Single(service => service.ServiceType == typeof(Options)).ImplementationInstance!;
        var connection = builder.Configuration[StorageSetting]!;
        builder.Services
            .AddSingleton(HostFile.Read(AppContext.BaseDirectory))
            .AddSingleton<Invoker>().AddSingleton<HttpFunctions>()
            .AddSingleton<Mailbox>().AddSingleton<Sandbox>().AddSingleton<ClockAdvance>().AddSingleton<DevPages>().AddSingleton<DevRoutes>()
            .AddSingleton(services => ActivatorUtilities.CreateInstance<QueuePump>(services, connection))
            .AddSingleton<TimerFunctions>()
            // Last to start and first to stop: the app's own services are ready before work comes in.
            .AddHostedService(services => services.GetRequiredService<QueuePump>())
            .AddHostedService(services => services.GetRequiredService<TimerFunctions>());
        var app = builder.Build();
        if (!options.Service)
        {
            app.Services.GetRequiredService<DevRoutes>().Map(app);
        }
        var http = app.Services.GetRequiredService<HttpFunctions>();
        app.Run(http.HandleAsync);
        // Work in hand is finished while the sandbox still answers: the web server is the first to be stopped.
        app.Lifetime.ApplicationStopping.Register(() => Task.WaitAll(
            app.Services.GetRequiredService<QueuePump>().StopAsync(CancellationToken.None),
            app.Services.GetRequiredService<TimerFunctions>().StopAsync(CancellationToken.None)));
        app.Lifetime.ApplicationStarted.Register(() => Announcement.Print(app.Services, app.Configuration["Site:BaseUrl"]!, options.Service));
        return app;
    }

    private static void AddStorage(WebApplicationBuilder builder, Options options, string checkout)
    {
        var connection = builder.Configuration[StorageSetting] ?? throw new StartException($"Setting {StorageSetting} is missing.");
        if (options.Service && connection.Contains("UseDevelopmentStorage", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartException($"--service needs a storage account: set {StorageSetting} to one.");
        }
        if (connection.Equals("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase))
        {
            var folder = options.Storage == Options.InMemory ? null : Path.GetFullPath(options.Storage ?? Path.Combine(checkout, ".azurite"));
            var azurite = Azurite.StartAsync(checkout, folder, CancellationToken.None).GetAwaiter().GetResult();
            builder.Configuration[StorageSetting] = connection = azurite.ConnectionString;
            // First to start, so last to stop.
            builder.Services.AddHostedService(_ => new StopEmulatorLast(azurite));
        }
        builder.Services.AddSingleton(new LocalTable(connection));
    }

    private static void AddClock(WebApplicationBuilder builder, Options options)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(builder.Configuration["LocalHost:TimeZone"] ?? "America/Panama");
        builder.Services.AddSingleton(zone);
        if (options.Service)
        {
            builder.Services.AddSingleton(TimeProvider.System);
            return;
        }
        var table = (LocalTable)builder.Services.Single(service => service.ServiceType == typeof(LocalTable)).ImplementationInstance!;
        var stored = ClockStore.Read(table);
        DateTimeOffset? asked = options.Now is { } now ? LocalTime.Of(now, zone) : null;
        if (asked < stored)
        {
            throw new StartException($"--now is before {stored:yyyy-MM-ddTHH:mm}Z, where the stored clock is, and it does not go back: name another --storage.");
        }
        var first = builder.Configuration["LocalHost:StartAt"] is { } start
            ? LocalTime.Of(DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture), zone)
            : TimeProvider.System.GetUtcNow();
        var clock = new VirtualClock(asked ?? stored ?? first);
        builder.Services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton<ClockStore>()
            .AddHostedService(services => services.GetRequiredService<ClockStore>());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return port;
        }
        catch (SocketException)
        {
            throw new StartException($"Port {port} is in use: end what uses it, or start with --port N.");
        }
    }

    private sealed class StopEmulatorLast(Azurite azurite) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) => await azurite.DisposeAsync();
    }
}
