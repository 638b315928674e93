using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenGov.Functions.Telemetry;

/// <summary>Where telemetry is sent by OTLP (protobuf over HTTP): keeps every byte that leaves the service.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> received = new();

    private Collector(WebApplication app) => this.app = app;

    /// <summary>As the service is told of it, and to send often.</summary>
    public string[] Settings =>
    [
        $"OTEL_EXPORTER_OTLP_ENDPOINT={app.Urls.First()}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        "OTEL_METRIC_EXPORT_INTERVAL=500", "OTEL_BSP_SCHEDULE_DELAY=200", "OTEL_BLRP_SCHEDULE_DELAY=200",
    ];

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector.app.MapPost("/v1/{signal}", collector.KeepAsync);
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>All of one signal ("traces", "metrics", "logs"): protobuf writes texts as they are.</summary>
    public string Received(string signal) => string.Concat(received.GetValueOrDefault(signal, []).Select(Encoding.UTF8.GetString));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task KeepAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        received.GetOrAdd(signal, _ => new()).Enqueue(body.ToArray());
    }
}
