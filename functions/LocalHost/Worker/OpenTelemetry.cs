using OpenGov.LocalHost;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>Listens to the host's own activities: one for each run of a function.</summary>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) =>
        builder.WithTracing(tracing => tracing.AddSource(Invocations.Source));
}
