using System.Globalization;
using System.Text;
using OpenGov.Functions.Web;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace OpenGov.Functions.Emails;

/// <summary>How SendGrid took a mail.</summary>
public abstract record MailAnswer
{
    public sealed record Accepted : MailAnswer;

    /// <param name="Everyone">No other mail may be tried earlier either.</param>
    public sealed record Later(int? Status, TimeSpan Wait, bool Everyone) : MailAnswer;

    public sealed record Refused(int Status) : MailAnswer;

    /// <summary>The connection ended before the answer: it may have been accepted.</summary>
    public sealed record Unknown : MailAnswer;
}

/// <param name="Key">The mail's name outside; nothing about a person may be read from it.</param>
/// <param name="Round">Comes back with the events, so that news of an address that was corrected are known as such.</param>
public sealed record DrawnMail(string Key, string To, string Subject, string Html, string Text, int Round = 1)
{
    public IReadOnlyList<MailFile> Files { get; init; } = [];

    public string? Unsubscribe { get; init; }
}

/// <summary>The custom arguments, which SendGrid's events repeat.</summary>
public static class MailArgs
{
    public const string Key = "effect_id";
    public const string Round = "round";
}

/// <summary>Hands one mail to SendGrid, and keeps to the pause that it asks for.</summary>
public sealed class SendGridMailer(EmailSettings settings, Site site, HttpClient http)
{
    private readonly SendGridClient client = new(http, new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.Host });
    private long pausedUntilTicks;

    /// <summary>How long no mail may be tried, because SendGrid said so; zero or less when one may.</summary>
    public TimeSpan Pause => new DateTimeOffset(Interlocked.Read(ref pausedUntilTicks), TimeSpan.Zero) - TimeProvider.System.GetUtcNow();

    public async Task<MailAnswer> SendAsync(DrawnMail mail, int attempts)
    {
        Response response;
        try
        {
            // Not cancelled with the host: an answer that is not waited for would leave the mail unknown.
            response = await client.SendEmailAsync(Message(mail), CancellationToken.None);
        }
        catch (HttpRequestException unreached) when (unreached.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new MailAnswer.Later(null, MailWaits.BackOff(attempts), Everyone: false);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
        {
            return new MailAnswer.Unknown();
        }
        var answer = MailWaits.Read(response.StatusCode, response.Headers, attempts, TimeProvider.System.GetUtcNow());
        if (answer is MailAnswer.Later { Everyone: true } later)
        {
            PauseFor(later.Wait);
        }
        return answer;
    }

    internal SendGridMessage Message(DrawnMail mail)
    {
        var message = new SendGridMessage
        {
            From = new EmailAddress(settings.From.Address, settings.From.DisplayName is { Length: > 0 } name ? name : null),
            ReplyTo = new EmailAddress(settings.ReplyTo.Address, settings.ReplyTo.DisplayName is { Length: > 0 } replyName ? replyName : null),
            Subject = mail.Subject,
            PlainTextContent = mail.Text,
            HtmlContent = mail.Html,
        };
        message.AddTo(new EmailAddress(mail.To));
        message.AddCustomArg(MailArgs.Key, mail.Key);
        message.AddCustomArg(MailArgs.Round, mail.Round.ToString(CultureInfo.InvariantCulture));
        message.AddHeader("Message-ID", $"<{mail.Key}@{site.BaseUrl.Host}>");
        if (mail.Unsubscribe is { } address)
        {
            // RFC 8058: a mail program ends it with one POST.
            message.AddHeader("List-Unsubscribe", $"<{address}>");
            message.AddHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        foreach (var file in mail.Files)
        {
            message.AddAttachment(file.Name, Convert.ToBase64String(Encoding.UTF8.GetBytes(file.Text)), file.Type);
        }
        message.SetClickTracking(false, false);
        message.SetOpenTracking(false);
        message.SetSubscriptionTracking(false);
        message.SetGoogleAnalytics(false);
        return message;
    }

    private void PauseFor(TimeSpan wait)
    {
        var until = (TimeProvider.System.GetUtcNow() + wait).UtcTicks;
        long known;
        while ((known = Interlocked.Read(ref pausedUntilTicks)) < until
            && Interlocked.CompareExchange(ref pausedUntilTicks, until, known) != known)
        {
        }
    }
}
