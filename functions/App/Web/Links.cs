using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenGov.Functions.Web;

/// <summary>What a link may be used for; a token of one purpose is worth nothing for another.</summary>
public enum LinkPurpose { Request, Receipt, SignIn, Session, FormTicket, OptIn, Unsubscribe, Registration }

/// <param name="Subject">The id of what the link opens. ASCII, without '|'.</param>
/// <param name="Generation">Raised when links sent before must die; held against the record's own.</param>
/// <param name="Expires">Null: lives as long as its generation.</param>
public sealed record Link(LinkPurpose Purpose, string Subject, int Generation, DateTimeOffset IssuedAt, DateTimeOffset? Expires);

/// <summary>
/// Makes and reads signed tokens. Nothing secret is stored: a reminder can carry the same link again, and only
/// the keys of <c>Signing__Keys</c> (base64, ';' between current and previous ones) make one valid.
/// </summary>
public sealed class Links(SigningKeys keys)
{
    private const int SignatureBytes = 18;

    public string TokenFor(Link link)
    {
        var body = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{(int)link.Purpose}|{link.Subject}|{link.Generation}|{link.IssuedAt.ToUnixTimeSeconds()}|{link.Expires?.ToUnixTimeSeconds()}"));
        return $"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(Sign(keys.Current, body))}";
    }

    /// <summary>Null for a token that is forged, malformed, for another purpose or past its expiry.</summary>
    public Link? Read(string? token, LinkPurpose purpose, DateTimeOffset now)
    {
        // Base64 may hold white space, which the addresses that are made from a token may not.
        if (token is not { Length: > 10 and < 600 } || token.Any(char.IsWhiteSpace) || token.Split('.') is not [var bodyPart, var signaturePart]
            || !Base64Url.IsValid(bodyPart) || !Base64Url.IsValid(signaturePart))
        {
            return null;
        }
        var body = Base64Url.DecodeFromChars(bodyPart);
        var signature = Base64Url.DecodeFromChars(signaturePart);
        var signed = false;
        foreach (var key in keys.All)
        {
            signed |= CryptographicOperations.FixedTimeEquals(Sign(key, body), signature);
        }
        return signed && Parse(Encoding.ASCII.GetString(body)) is { } link
            && link.Purpose == purpose && !(link.Expires <= now) ? link : null;
    }

    private static byte[] Sign(byte[] key, byte[] body) => HMACSHA256.HashData(key, body)[..SignatureBytes];

    private static Link? Parse(string body) => body.Split('|') is [var purpose, var subject, var generation, var issued, var expires]
        ? new Link(
            (LinkPurpose)int.Parse(purpose, CultureInfo.InvariantCulture), subject,
            int.Parse(generation, CultureInfo.InvariantCulture), Seconds(issued), expires.Length == 0 ? null : Seconds(expires))
        : null;

    private static DateTimeOffset Seconds(string text) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, CultureInfo.InvariantCulture));
}
