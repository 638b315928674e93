using System.Data.Common;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenGov.Functions.Storage;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenGov.Functions.Telemetry;

/// <summary>
/// Traces, figures and logs by OpenTelemetry, where a setting names a place for them: OTEL_EXPORTER_OTLP_ENDPOINT any
/// collector, APPLICATIONINSIGHTS_CONNECTION_STRING Azure Monitor. Only our own sources are listened to: those of
/// libraries would bring addresses with them.
/// </summary>
public static class TelemetryFeature
{
    private const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MonitorSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string MonitorIdentitySetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Measures>();
        var (toCollector, toMonitor) = (builder.Configuration[OtlpSetting] is { Length: > 0 }, builder.Configuration[MonitorSetting] is { Length: > 0 });
        if (!toCollector && !toMonitor)
        {
            return builder;
        }
        builder.Logging
            .AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Warning)
            .AddFilter<OpenTelemetryLoggerProvider>("OpenGov", LogLevel.Information);
        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .ConfigureResource(resource => resource.AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(Traces.Source))
            .WithMetrics(metrics => metrics.AddMeter(Measures.Meter))
            .WithLogging(logging => logging.AddProcessor(new WithoutExceptionText()), options => options.IncludeFormattedMessage = true);
        if (toCollector)
        {
            telemetry.UseOtlpExporter();
        }
        if (toMonitor)
        {
            telemetry.UseAzureMonitorExporter(monitor =>
            {
                monitor.Credential = IdentityIn(builder.Configuration[MonitorIdentitySetting]);
                // What went wrong is told whether its trace is kept or not.
                monitor.EnableTraceBasedLogsSampler = false;
            });
        }
        return builder;
    }

    /// <summary>As the runtime writes it: "Authorization=AAD;ClientId=…". Null where telemetry is sent without one.</summary>
    /// <exception cref="InvalidSettingException">It is written otherwise.</exception>
    private static ManagedIdentityCredential? IdentityIn(string? setting)
    {
        if (string.IsNullOrEmpty(setting))
        {
            return null;
        }
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = setting };
            return new ManagedIdentityCredential(parts.TryGetValue("ClientId", out var client)
                ? ManagedIdentityId.FromUserAssignedClientId((string)client)
                : ManagedIdentityId.SystemAssigned);
        }
        catch (ArgumentException)
        {
            throw new InvalidSettingException(MonitorIdentitySetting, "is not written as Authorization=AAD;ClientId=…");
        }
    }
}
