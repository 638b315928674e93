using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Dev;
using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Http;
using OpenGov.LocalHost.Join;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Settings;
using OpenGov.LocalHost.Storage;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost;

/// <summary>Puts the pieces together: before the app adds its services, and after.</summary>
internal static class LocalMachine
{
    private const string TimeZoneSetting = "LocalHost:TimeZone";
    private const string StartSetting = "LocalHost:StartAt";
    private const string StoragePortSetting = "LocalHost:StoragePort";
    private const string EventsSetting = "LocalHost:SendGridEvents";
    private const string WebhookKeySetting = "SendGrid:WebhookPublicKey";
    private const int AzuritePort = 10000;
    private const long LargestBody = 100 * 1024 * 1024;

    /// <exception cref="StartException">The command line or a setting is at fault.</exception>
    public static WebApplicationBuilder Prepare(string[] args, IReadOnlyList<Type> classes)
    {
        var options = Options.Read(args);
        var checkout = options.Service ? AppContext.BaseDirectory : Checkout.Find();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        var configuration = builder.Configuration;
        configuration.Sources.Clear();
        configuration.AddInMemoryCollection(SettingsFile.Read(checkout, options.Service)).AddEnvironmentVariables().AddInMemoryCollection(options.Settings);
        var zone = ReadZone(configuration);
        options = options with { Now = ReadTime("--now", options.NowText, zone) };
        if (options.Service)
        {
            ServiceSettings.Check(configuration);
        }
        Logs.Add(builder, options.Service);
        AddAddress(builder, options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LocalApp.ForServices);
        builder.Services.AddRouting().AddSingleton(options).AddSingleton(new TimerLeases(TimerLeases.Usual)).AddSingleton(zone).AddSingleton(new FunctionCatalog(LocalFunction.FindIn(classes)));
        if (options.Join is { } first)
        {
            AddJoin(builder, first);
        }
        else
        {
            AddStorage(builder, options, checkout);
            AddClock(builder, options, zone);
            AddSandbox(builder, options);
        }
        return builder;
    }

    public static IHost Complete(WebApplicationBuilder builder, bool ownsProcess)
    {
        builder.Services
            .AddSingleton(HostFile.Read(AppContext.BaseDirectory))
            .AddSingleton<Invoker>().AddSingleton<HttpFunctions>().AddSingleton<QueuePump>().AddSingleton<TimerFunctions>()
            // Last to start and first to stop: the app's own services are ready before work comes in.
            .AddHostedService(services => services.GetRequiredService<QueuePump>())
            .AddHostedService(services => services.GetRequiredService<TimerFunctions>());
        var app = builder.Build();
        var options = app.Services.GetRequiredService<Options>();
        if (options.Join is not null)
        {
            app.Services.GetRequiredService<DevProxy>().Map(app);
        }
        else if (!options.Service)
        {
            app.Services.GetRequiredService<DevRoutes>().Map(app);
        }
        app.Run(app.Services.GetRequiredService<HttpFunctions>().HandleAsync);
        return new LocalApp(app, app.Services.GetRequiredService<LocalAddress>(), ownsProcess);
    }

    private static void AddAddress(WebApplicationBuilder builder, Options options)
    {
        var address = LocalAddress.Read(builder.Configuration[LocalAddress.Setting], options);
        if (!Ports.IsFree(address.Port))
        {
            throw new StartException(address.Taken);
        }
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            address.Listen(kestrel);
        });
        builder.Services.AddSingleton(address);
        if (options.Service)
        {
            builder.Configuration["Sample:Skip"] ??= "true";
        }
        else
        {
            builder.Configuration["Site:BaseUrl"] ??= address.Own;
            builder.Configuration["SendGrid:Host"] ??= options.Join?.ToString().TrimEnd('/') ?? address.Own;
        }
    }

    private static void AddJoin(WebApplicationBuilder builder, Uri first)
    {
        var state = FirstInstance.AskAsync(first, CancellationToken.None).GetAwaiter().GetResult();
        builder.Configuration[StorageAccount.Setting] = state.Storage;
        builder.Configuration[WebhookKeySetting] ??= state.WebhookPublicKey;
        var clock = new VirtualClock(state.Clock.Now);
        builder.Services.AddSingleton(new StorageAccount(builder.Configuration)).AddSingleton<LocalTable>().AddSingleton(clock).AddSingleton<TimeProvider>(clock)
            .AddSingleton<DevProxy>().AddSingleton<FollowFirst>().AddHostedService(services => services.GetRequiredService<FollowFirst>());
    }

    private static void AddStorage(WebApplicationBuilder builder, Options options, string checkout)
    {
        var emulated = "UseDevelopmentStorage=true".Equals(builder.Configuration[StorageAccount.Setting]?.Trim().TrimEnd(';'), StringComparison.OrdinalIgnoreCase);
        if (!emulated && options.Storage is not null)
        {
            throw new StartException($"--storage {options.Storage} is for the emulator, but {StorageAccount.Setting} names an account: leave out one of them.");
        }
        if (emulated)
        {
            var folder = options.Storage == Options.InMemory ? null : Path.GetFullPath(options.Storage ?? Path.Combine(checkout, ".azurite"));
            var port = builder.Configuration[StoragePortSetting] is not { } text ? AzuritePort
                : int.TryParse(text, out var number) && number is >= 0 and <= 65533 ? number
                : throw new StartException($"Setting LocalHost__StoragePort is no port number: {text}");
            var ports = folder is null || port == 0 ? StoragePorts.Free() : StoragePorts.From(port);
            builder.Configuration[StorageAccount.Setting] = ports.ConnectionString;
            builder.Services.AddSingleton(new EmulatorPlan(checkout, folder, ports)).AddHostedService<EmulatorService>();
        }
        builder.Services.AddSingleton(new StorageAccount(builder.Configuration)).AddSingleton<LocalTable>().AddHostedService<OpenStorage>();
    }

    private static void AddClock(WebApplicationBuilder builder, Options options, TimeZoneInfo zone)
    {
        if (options.Service)
        {
            builder.Services.AddSingleton(TimeProvider.System);
            return;
        }
        var clock = new VirtualClock(options.Now ?? ReadTime("Setting LocalHost__StartAt", builder.Configuration[StartSetting], zone) ?? TimeProvider.System.GetUtcNow());
        builder.Services.AddSingleton(clock).AddSingleton<TimeProvider>(clock)
            .AddSingleton<ClockStore>().AddHostedService(services => services.GetRequiredService<ClockStore>())
            .AddSingleton<JoinedInstances>().AddSingleton<ClockAdvance>().AddSingleton<DevPages>().AddSingleton<DevClock>().AddSingleton<DevRoutes>();
    }

    /// <summary>The app believes the sandbox's events, unless it was told another's key.</summary>
    private static void AddSandbox(WebApplicationBuilder builder, Options options)
    {
        if (options.Service)
        {
            return;
        }
        var path = builder.Configuration[EventsSetting];
        if (path is { Length: > 0 } && !path.StartsWith('/'))
        {
            throw new StartException($"Setting LocalHost__SendGridEvents is no path such as /api/webhooks/sendgrid: {path}");
        }
        var signer = new EventSigner();
        var believed = builder.Configuration[WebhookKeySetting] ??= signer.PublicKey;
        builder.Services
            .AddSingleton(signer)
            .AddSingleton(services => new EventTarget(
                string.IsNullOrEmpty(path) || believed != signer.PublicKey ? null : new Uri(services.GetRequiredService<LocalAddress>().Own + path)))
            .AddSingleton<EventPost>().AddHostedService(services => services.GetRequiredService<EventPost>())
            .AddSingleton<Mailbox>().AddHostedService(services => services.GetRequiredService<Mailbox>())
            .AddSingleton<Sandbox>();
    }

    private static TimeZoneInfo ReadZone(ConfigurationManager configuration)
    {
        var name = configuration[TimeZoneSetting] ?? "America/Panama";
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw new StartException($"Setting LocalHost__TimeZone is no time zone: {name}");
    }

    private static DateTimeOffset? ReadTime(string where, string? text, TimeZoneInfo zone) =>
        string.IsNullOrEmpty(text) ? null : LocalTime.Parse(text, zone) ?? throw new StartException($"{where} is no time such as 2019-02-22T09:00: {text}");
}
