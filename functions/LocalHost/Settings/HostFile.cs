using Microsoft.Extensions.Configuration;

namespace OpenGov.LocalHost.Settings;

/// <summary>What host.json says, with the runtime's defaults.</summary>
internal sealed record HostFile(
    string RoutePrefix, int BatchSize, int NewBatchThreshold, int MaxDequeueCount, TimeSpan MaxPollingInterval, TimeSpan VisibilityTimeout)
{
    public static HostFile Read(string folder)
    {
        var extensions = new ConfigurationBuilder().SetBasePath(folder).AddJsonFile("host.json", optional: true).Build().GetSection("extensions");
        var queues = extensions.GetSection("queues");
        return new HostFile(
            extensions.GetSection("http").GetValue("routePrefix", "api")!,
            queues.GetValue("batchSize", 16),
            queues.GetValue("newBatchThreshold", 8),
            queues.GetValue("maxDequeueCount", 5),
            queues.GetValue("maxPollingInterval", TimeSpan.FromMinutes(1)),
            queues.GetValue("visibilityTimeout", TimeSpan.Zero));
    }
}
