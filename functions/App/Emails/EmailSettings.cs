using System.Net.Mail;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

/// <summary>Who writes, who is answered, and the provider; checked at start.</summary>
public sealed record EmailSettings(MailAddress From, MailAddress ReplyTo, string ApiKey, string? Host)
{
    public static EmailSettings Read(IConfiguration configuration)
    {
        var host = configuration["SendGrid:Host"];
        return new EmailSettings(
            Address(configuration, "Email:From"), Address(configuration, "Email:ReplyTo"),
            configuration["SendGrid:ApiKey"] is { Length: > 0 } key ? key : throw new InvalidSettingException("SendGrid__ApiKey", "is missing"),
            host is null || Uri.TryCreate(host, UriKind.Absolute, out _) ? host : throw new InvalidSettingException("SendGrid__Host", "is not an address"));
    }

    private static MailAddress Address(IConfiguration configuration, string key)
    {
        var setting = key.Replace(":", "__", StringComparison.Ordinal);
        return !MailAddress.TryCreate(configuration[key] ?? throw new InvalidSettingException(setting, "is missing"), out var address)
            ? throw new InvalidSettingException(setting, "is not an e-mail address")
            : address;
    }
}
