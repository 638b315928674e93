using System.Globalization;
using System.Text.Json;

namespace OpenGov.Functions.Emails;

/// <summary>Reads a batch of SendGrid's events. What is not of this service's mails, or of no weight, is left out.</summary>
public static class MailEvents
{
    private const int LongestReason = 300;

    /// <summary>The weightiest event of each mail; null where the body is no array.</summary>
    public static IReadOnlyList<MailEvent>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var batch = JsonDocument.Parse(body);
            return batch.RootElement.ValueKind != JsonValueKind.Array ? null
                : [.. batch.RootElement.EnumerateArray().Select(ReadOne).OfType<MailEvent>().GroupBy(told => told.Key).Select(mail => mail.Aggregate(MailTransitions.Weightier))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MailEvent? ReadOne(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && NewsOf(Text(element, "event")) is { } news
        && Text(element, MailArgs.Key) is { Length: MailStore.KeyLength } key && key.All(char.IsAsciiHexDigitLower)
            ? new MailEvent(key, RoundOf(element), new MailTold(news, TimeOf(element), news < MailNews.Dropped ? null : ReasonOf(element)))
            : null;

    private static MailNews? NewsOf(string? name) => name switch
    {
        // SendGrid goes on trying what was deferred.
        "processed" or "deferred" => MailNews.Accepted,
        "delivered" => MailNews.Delivered,
        "dropped" => MailNews.Dropped,
        "bounce" => MailNews.Bounced,
        _ => null,
    };

    private static int RoundOf(JsonElement element) =>
        int.TryParse(Text(element, MailArgs.Round), NumberStyles.None, CultureInfo.InvariantCulture, out var round) && round > 0 ? round : 1;

    private static DateTimeOffset TimeOf(JsonElement element) =>
        element.TryGetProperty("timestamp", out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.UnixEpoch;

    private static string? ReasonOf(JsonElement element) =>
        Text(element, "reason") is { Length: > 0 } reason ? MailText.Cut(MailText.OneLine(reason), LongestReason) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
