using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace OpenGov.Functions.Emails;

public abstract record ProviderAnswer
{
    public sealed record Taken : ProviderAnswer;
    public sealed record NotNow(TimeSpan Wait) : ProviderAnswer;
    public sealed record Never(int Status) : ProviderAnswer;
    public sealed record Unknown : ProviderAnswer;
}

/// <summary>SendGrid, without click and open tracking: a tracked link would show its token to others.</summary>
public sealed class MailProvider(EmailSettings settings, HttpClient http)
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private readonly SendGridClient client = new(http, new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.Host ?? "https://api.sendgrid.com" });
    private long pausedUntil;

    /// <summary>How long the provider wants no attempt from this instance; null when it takes mails.</summary>
    public TimeSpan? Pause
    {
        get
        {
            var left = new DateTimeOffset(Interlocked.Read(ref pausedUntil), TimeSpan.Zero) - TimeProvider.System.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    public async Task<ProviderAnswer> SendAsync(string to, string id, DrawnMail mail, CancellationToken cancel)
    {
        var message = new SendGridMessage
        {
            From = new EmailAddress(settings.From.Address, settings.From.DisplayName),
            ReplyTo = new EmailAddress(settings.ReplyTo.Address, settings.ReplyTo.DisplayName),
            Subject = mail.Subject,
            PlainTextContent = mail.Text,
            HtmlContent = mail.Html,
        };
        message.AddTo(new EmailAddress(to));
        message.AddCustomArg("effect_id", id);
        message.AddHeader("Message-ID", $"<{id}@{settings.From.Host}>");
        message.SetClickTracking(false, false);
        message.SetOpenTracking(false);
        try
        {
            var response = await client.SendEmailAsync(message, cancel);
            return response.StatusCode switch
            {
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => NotNow(response.Headers),
                >= HttpStatusCode.BadRequest => new ProviderAnswer.Never((int)response.StatusCode),
                _ => new ProviderAnswer.Taken(),
            };
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            // Nothing was sent: there was nobody to send it to.
            return new ProviderAnswer.NotNow(UsualWait);
        }
        catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException or IOException)
        {
            return new ProviderAnswer.Unknown();
        }
    }

    private ProviderAnswer.NotNow NotNow(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter?.Delta
            ?? (headers.TryGetValues("X-RateLimit-Reset", out var reset) && long.TryParse(reset.First(), CultureInfo.InvariantCulture, out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds) - TimeProvider.System.GetUtcNow()
                : UsualWait);
        wait = wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait > LongestWait ? LongestWait : wait;
        Interlocked.Exchange(ref pausedUntil, (TimeProvider.System.GetUtcNow() + wait).UtcTicks);
        return new ProviderAnswer.NotNow(wait);
    }
}
