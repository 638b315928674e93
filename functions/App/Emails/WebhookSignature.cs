using System.Security.Cryptography;
using System.Text;

namespace OpenGov.Functions.Emails;

/// <summary>
/// SendGrid signs the timestamp of its request and the body as it was sent. How old a timestamp is says nothing here:
/// events are rightly repeated for a day, and a request that is played again tells the same once more, which changes nothing.
/// </summary>
public sealed class WebhookSignature(EmailSettings settings)
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";
    private const int LongestHeader = 200;

    public bool IsValid(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        if (signature is not { Length: > 0 and <= LongestHeader } || timestamp is not { Length: > 0 and <= LongestHeader })
        {
            return false;
        }
        var der = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, der, out var length))
        {
            return false;
        }
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(settings.WebhookPublicKey, out _);
        return key.VerifyData([.. Encoding.UTF8.GetBytes(timestamp), .. body], der.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
