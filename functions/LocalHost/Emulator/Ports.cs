using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OpenGov.LocalHost.Emulator;

internal static class Ports
{
    // Below what systems lend to outgoing connections: none of those takes a port between its choice and its use.
    private const int First = 20_000;
    private const int End = 32_000;

    /// <summary>By this process: whoever was given a port may take some seconds to listen there.</summary>
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int[] Free(int count)
    {
        var free = new List<int>();
        while (free.Count < count)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port) && Given.TryAdd(port, true))
            {
                free.Add(port);
            }
        }
        return [.. free];
    }

    public static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    public static bool Answers(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}

internal sealed record StoragePorts(int Blob, int Queue, int Table)
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>As the emulator takes accounts in AZURITE_ACCOUNTS, which replaces those that it comes with.</summary>
    public static string KnownAccount => $"{Account}:{Key}";

    public IReadOnlyList<int> All => [Blob, Queue, Table];

    public string ConnectionString => ConnectionTo(Account, Key);

    public string ConnectionTo(string account, string key) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};" +
        $"BlobEndpoint=http://127.0.0.1:{Blob}/{account};QueueEndpoint=http://127.0.0.1:{Queue}/{account};TableEndpoint=http://127.0.0.1:{Table}/{account};";

    /// <summary>Of an emulator as it comes; one that was given an account and a key of its own is a storage account as any other.</summary>
    public static bool IsEmulators(string? connectionString)
    {
        var parts = (connectionString ?? "").Split(';', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)).Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return parts.Contains("UseDevelopmentStorage") || parts["AccountName"].Contains(Account, StringComparer.OrdinalIgnoreCase) || parts["AccountKey"].Contains(Key);
    }

    public static StoragePorts Free() => Ports.Free(3) is [var blob, var queue, var table] ? new(blob, queue, table) : throw new InvalidOperationException();

    public static StoragePorts From(int first) => new(first, first + 1, first + 2);
}
