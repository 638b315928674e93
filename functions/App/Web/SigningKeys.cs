using System.Security.Cryptography;
using System.Text;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

/// <summary>The server's keys: the first signs, all of them are accepted; one of its own, which stays, makes fingerprints.</summary>
public sealed class SigningKeys
{
    private const int LeastBytes = 32;
    private readonly byte[] fingerprints;

    public SigningKeys(IConfiguration configuration)
    {
        var setting = configuration["Signing:Keys"];
        All = [.. (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(key => Decode("Signing__Keys", key))];
        if (All.Count == 0)
        {
            throw new InvalidSettingException("Signing__Keys", "is missing");
        }
        fingerprints = configuration["Signing:FingerprintKey"] is { Length: > 0 } own ? Decode("Signing__FingerprintKey", own.Trim()) : Current;
    }

    public IReadOnlyList<byte[]> All { get; }

    public byte[] Current => All[0];

    /// <summary>By which something is recognised when it comes again, whichever key signs by then.</summary>
    public byte[] Fingerprint(string purpose, string text) => Derive(fingerprints, purpose, text);

    /// <summary>What opens something and is derived instead of stored: it ends with the key that signs.</summary>
    public byte[] Secret(string purpose, string text) => Derive(Current, purpose, text);

    private static byte[] Derive(byte[] key, string purpose, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{text}"));

    private static byte[] Decode(string setting, string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= LeastBytes
            ? bytes[..length]
            : throw new InvalidSettingException(setting, $"holds a key that is not base64 of at least {LeastBytes} bytes");
    }
}
