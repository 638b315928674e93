using System.Security.Cryptography;
using System.Text.Json;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>Codes and fingerprints that are derived from a key, so that what is sent again meets the same row.</summary>
public sealed class ProposalKeys(SigningKeys keys)
{
    /// <summary>40 bits collide near a million rows; then the next code is derived.</summary>
    public const int MostCollisions = 5;

    public string CodeFor(string? key, int attempt) =>
        key is null ? ProposalCode.Random() : ProposalCode.From(keys.Fingerprint("proposal-code", $"{attempt}|{key}"));

    /// <summary>Of the key and of what was sent: each can be compared by itself.</summary>
    public string FingerprintOf(string? key, ProposalInput input)
    {
        var body = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, Json.Options)));
        return $"{Convert.ToHexStringLower(keys.Fingerprint("proposal-key", key ?? Guid.NewGuid().ToString()))[..32]}.{body}";
    }

    public static bool IsSameKey(string fingerprint, string other) => fingerprint.Split('.')[0] == other.Split('.')[0];
}
