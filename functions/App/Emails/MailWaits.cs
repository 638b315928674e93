using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace OpenGov.Functions.Emails;

/// <summary>What an answer of SendGrid means for the mail, and how long to wait.</summary>
public static class MailWaits
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UntilKeyIsMended = TimeSpan.FromMinutes(5);

    public static MailAnswer Read(HttpStatusCode status, HttpResponseHeaders headers, int attempts, DateTimeOffset now) => (int)status switch
    {
        >= 200 and < 300 => new MailAnswer.Accepted(),
        429 => new MailAnswer.Later(429, Asked(headers, now) ?? BackOff(attempts), Everyone: true),
        408 or >= 500 => Asked(headers, now) is { } asked
            ? new MailAnswer.Later((int)status, asked, Everyone: true)
            : new MailAnswer.Later((int)status, BackOff(attempts), Everyone: false),
        // The key or the account is at fault, not the mail.
        401 or 403 => new MailAnswer.Later((int)status, UntilKeyIsMended, Everyone: true),
        var refused => new MailAnswer.Refused(refused),
    };

    /// <summary>5 s, then twice as long at each attempt, up to 10 minutes.</summary>
    public static TimeSpan BackOff(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20)), Longest.TotalSeconds));

    /// <summary>Retry-After in seconds or as a date, or X-RateLimit-Reset in Unix seconds; the later of both.</summary>
    private static TimeSpan? Asked(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var retryAfter = headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
        TimeSpan? reset = headers.TryGetValues("X-RateLimit-Reset", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.FromUnixTimeSeconds(seconds) - now
                : null;
        var longest = retryAfter > reset || reset is null ? retryAfter : reset;
        return longest is null ? null : longest > Shortest ? longest : Shortest;
    }
}
