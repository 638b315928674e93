using System.Security.Cryptography;
using System.Text;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

/// <summary>The server's keys: the first signs, all of them are accepted.</summary>
public sealed class SigningKeys
{
    private const int LeastBytes = 32;

    public SigningKeys(IConfiguration configuration)
    {
        var setting = configuration["Signing:Keys"];
        All = [.. (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Decode)];
        if (All.Count == 0)
        {
            throw new InvalidSettingException("Signing__Keys", "is missing");
        }
    }

    public IReadOnlyList<byte[]> All { get; }

    public byte[] Current => All[0];

    /// <summary>A keyed fingerprint, for what must be derived again and never guessed.</summary>
    public byte[] Fingerprint(string purpose, string text) => HMACSHA256.HashData(Current, Encoding.UTF8.GetBytes($"{purpose}\n{text}"));

    private static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= LeastBytes
            ? bytes[..length]
            : throw new InvalidSettingException("Signing__Keys", $"holds a key that is not base64 of at least {LeastBytes} bytes");
    }
}
