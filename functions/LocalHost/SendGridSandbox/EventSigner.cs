using System.Security.Cryptography;
using System.Text;

namespace OpenGov.LocalHost.SendGridSandbox;

/// <summary>Signs as SendGrid's event webhook does, with a pair of keys of its own, made at start.</summary>
internal sealed class EventSigner : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Lock gate = new();

    /// <summary>As SendGrid shows it: base64 of DER.</summary>
    public string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    public string Sign(string timestamp, byte[] body)
    {
        lock (gate)
        {
            return Convert.ToBase64String(key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    public void Dispose() => key.Dispose();
}
