using System.Net.Http.Json;
using System.Text.Json;
using OpenGov.LocalHost.Clock;

namespace OpenGov.LocalHost.Join;

/// <summary>What <c>GET /dev/join</c> tells an instance that joins: where the data are, what time it is, whose events to believe.</summary>
internal sealed record FirstInstance(string? Storage, ClockState Clock, string? WebhookPublicKey)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <exception cref="StartException">Nobody is there, or what is there cannot be joined.</exception>
    public static async Task<FirstInstance> AskAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            return await TryAskAsync(address, cancel) is { Storage: not null } first
                ? first
                : throw new StartException($"The instance at {address} cannot be joined: it has no connection string to share.");
        }
        catch (Exception nobody) when (nobody is HttpRequestException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            throw new StartException($"There is no instance to join at {address}: start the first one there, without --join.");
        }
    }

    /// <param name="own">Where the asking instance can be told when the clock is set; null before it listens.</param>
    public static Task<FirstInstance?> TryAskAsync(Uri address, CancellationToken cancel, string? own = null) =>
        Http.GetFromJsonAsync<FirstInstance>(new Uri(address, own is null ? "/dev/join" : $"/dev/join?at={Uri.EscapeDataString(own)}"), cancel);
}
