using System.Net.Mail;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

/// <summary>How mail leaves: who it is from, who reads the answers, and SendGrid's key and address.</summary>
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
    }

    public MailAddress From { get; }

    public MailAddress ReplyTo { get; }

    public string ApiKey { get; }

    public string Host { get; }

    private static MailAddress Address(string? setting, string name) =>
        string.IsNullOrWhiteSpace(setting) ? throw new InvalidSettingException(name, "is missing")
        : MailAddress.TryCreate(setting, out var address) ? address
        : throw new InvalidSettingException(name, "is not an address such as: Name <name@example.org>");
}
