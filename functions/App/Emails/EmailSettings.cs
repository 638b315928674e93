using System.Net.Mail;
using System.Security.Cryptography;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

/// <summary>How mail leaves: who it is from, who reads the answers, SendGrid's key and address, and what its events are signed with.</summary>
public sealed class EmailSettings
{
    private const string SendGridHost = "https://api.sendgrid.com";

    public EmailSettings(IConfiguration configuration)
    {
        From = Address(configuration["Email:From"], "Email__From");
        ReplyTo = Address(configuration["Email:ReplyTo"], "Email__ReplyTo");
        ApiKey = configuration["SendGrid:ApiKey"] is { Length: > 0 } key ? key : throw new InvalidSettingException("SendGrid__ApiKey", "is missing");
        Host = configuration["SendGrid:Host"] is not { Length: > 0 } host ? SendGridHost
            : Uri.TryCreate(host, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? host.TrimEnd('/')
            : throw new InvalidSettingException("SendGrid__Host", "is not an http or https address");
        WebhookPublicKey = PublicKey(configuration["SendGrid:WebhookPublicKey"]);
    }

    public MailAddress From { get; }

    public MailAddress ReplyTo { get; }

    public string ApiKey { get; }

    public string Host { get; }

    /// <summary>DER, SubjectPublicKeyInfo.</summary>
    public byte[] WebhookPublicKey { get; }

    private static byte[] PublicKey(string? setting)
    {
        const string Name = "SendGrid__WebhookPublicKey";
        if (string.IsNullOrWhiteSpace(setting))
        {
            throw new InvalidSettingException(Name, "is missing");
        }
        try
        {
            var der = Convert.FromBase64String(setting);
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(der, out var read);
            return key.KeySize == 256 && read == der.Length ? der : throw new CryptographicException();
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            throw new InvalidSettingException(Name, "is no base64 public key of the curve P-256");
        }
    }

    private static MailAddress Address(string? setting, string name) =>
        string.IsNullOrWhiteSpace(setting) ? throw new InvalidSettingException(name, "is missing")
        : MailAddress.TryCreate(setting, out var address) ? address
        : throw new InvalidSettingException(name, "is not an address such as: Name <name@example.org>");
}
