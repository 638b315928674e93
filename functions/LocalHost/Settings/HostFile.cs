using Microsoft.Extensions.Configuration;

namespace OpenGov.LocalHost.Settings;

/// <summary>What host.json says, with the runtime's defaults.</summary>
internal sealed record HostFile(string RoutePrefix, int BatchSize, int NewBatchThreshold, int MaxDequeueCount, TimeSpan VisibilityTimeout, TimeSpan MaxPollingInterval)
{
    /// <exception cref="StartException">The file cannot be read.</exception>
    public static HostFile Read(string folder)
    {
        try
        {
            var extensions = new ConfigurationBuilder().SetBasePath(folder).AddJsonFile("host.json", optional: true).Build().GetSection("extensions");
            var queues = extensions.GetSection("queues");
            return new HostFile(
                extensions.GetSection("http").GetValue("routePrefix", "api")!,
                queues.GetValue("batchSize", 16),
                queues.GetValue("newBatchThreshold", 8),
                queues.GetValue("maxDequeueCount", 5),
                queues.GetValue("visibilityTimeout", TimeSpan.Zero),
                queues.GetValue("maxPollingInterval", TimeSpan.FromMinutes(1)));
        }
        catch (Exception malformed) when (malformed is InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new StartException($"host.json cannot be read: {malformed.Message.ReplaceLineEndings(" ")}");
        }
    }
}
