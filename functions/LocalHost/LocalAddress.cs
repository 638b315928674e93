using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost;

/// <summary>Where this instance listens.</summary>
/// <param name="On">Null for this machine alone.</param>
internal sealed record LocalAddress(int Port, IPAddress? On = null)
{
    public const string Setting = "LocalHost:Listen";

    public string Own => $"http://localhost:{Port}";

    public string Taken => $"Port {Port} is in use: end what uses it, or start with --port N.";

    /// <summary>As the setting says it.</summary>
    public string Heard => On is null ? Own : $"http://{new IPEndPoint(On, Port)}";

    /// <exception cref="StartException">The setting is malformed, or not for this mode.</exception>
    public static LocalAddress Read(string? listen, Options options)
    {
        if (string.IsNullOrWhiteSpace(listen))
        {
            return new LocalAddress(FreeOr(options.Port));
        }
        if (!options.Service)
        {
            throw new StartException("Setting LocalHost__Listen is for --service: development, with its clock and its mailbox, is for this machine alone.");
        }
        var parts = listen.Trim().TrimEnd('/').Split("://");
        return parts is ["http", var place] && IPEndPoint.TryParse(place.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), out var at) && place.Contains(':', StringComparison.Ordinal)
            ? new LocalAddress(FreeOr(at.Port), at.Address)
            : throw new StartException($"Setting LocalHost__Listen is no address such as http://0.0.0.0:8080 (what ends TLS stands before it): {listen}");
    }

    public void Listen(KestrelServerOptions kestrel)
    {
        if (On is null)
        {
            kestrel.ListenLocalhost(Port);
        }
        else
        {
            kestrel.Listen(On, Port);
        }
    }

    private static int FreeOr(int port) => port == 0 ? Ports.Free(1)[0] : port;
}
