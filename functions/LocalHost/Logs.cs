using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace OpenGov.LocalHost;

/// <summary>What is told on standard output, and to systemd where it waits to be told.</summary>
internal static class Logs
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:sszzz ";

    public static void Add(WebApplicationBuilder builder, bool service)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, service ? Time : null)).SetMinimumLevel(LogLevel.Warning)
            // What keeps the host from starting is told in one line, elsewhere.
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        if (service && Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
        {
            // AddSystemd() asks who the parent process is, which a hardened machine does not say.
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Systemd)
                .AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<IHostLifetime, SystemdLifetime>();
        }
    }
}
