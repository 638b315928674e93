using System.IO.Compression;
using System.Security.Cryptography;

namespace OpenGov.Functions.Web;

/// <param name="Name">With a part of its hash, so that it may be kept for ever.</param>
public sealed record Asset(string Name, string ContentType, string ETag, byte[] Plain, byte[] Brotli);

/// <summary>The embedded files, loaded and compressed once; only their exact names find anything.</summary>
public sealed class Assets
{
    private const string Prefix = "OpenGov.Functions.Web.Assets.";
    private readonly Dictionary<string, Asset> byName;
    private readonly Dictionary<string, string> addresses;

    public Assets()
    {
        var loaded = typeof(Assets).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], Load);
        byName = loaded.Values.ToDictionary(asset => asset.Name);
        addresses = loaded.ToDictionary(pair => pair.Key, pair => $"/assets/{pair.Value.Name}");
    }

    public Asset? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Where the page finds <paramref name="file"/>.</summary>
    public string AddressOf(string file) => addresses[file];

    private static Asset Load(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain.ToArray()));
        var file = resource[Prefix.Length..];
        var extension = Path.GetExtension(file);
        return new Asset(
            $"{Path.GetFileNameWithoutExtension(file)}.{hash[..12]}{extension}",
            extension switch { ".css" => "text/css; charset=utf-8", ".svg" => "image/svg+xml", _ => "application/octet-stream" },
            $"\"{hash}\"", plain.ToArray(), Compress(plain.ToArray()));
    }

    private static byte[] Compress(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
        {
            brotli.Write(plain);
        }
        return compressed.ToArray();
    }
}
