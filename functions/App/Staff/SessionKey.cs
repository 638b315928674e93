using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpenGov.Functions.Staff;

/// <summary>What the cookie holds: where the session is kept, and a secret of which the store knows the hash alone.</summary>
/// <param name="Member">The member's fingerprint; it names the partition.</param>
public sealed record SessionKey(string Member, string Secret)
{
    public const int MemberLength = 24;
    private const int SecretBytes = 32;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

    public static SessionKey New(string member) => new(member, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Null for what is no key: nothing else reaches the store.</summary>
    public static SessionKey? Read(string? cookie) =>
        cookie?.Split('.') is [var member, var secret] && IsMember(member)
        && Base64Url.IsValid(secret, out var length) && length == SecretBytes
            ? new SessionKey(member, secret)
            : null;

    public static bool IsMember(string text) => text.Length == MemberLength && text.All(char.IsAsciiHexDigitLower);

    public override string ToString() => $"{Member}.{Secret}";
}
