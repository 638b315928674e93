using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OpenGov.LocalHost.SendGridSandbox;

internal sealed record Fault(int? Status = null, int? RetryAfter = null, int Times = 1, bool CutAfterAccept = false);

/// <summary>Answers <c>POST /v3/mail/send</c> as SendGrid would, and on demand as it does on a bad day.</summary>
internal sealed class Sandbox(Mailbox mailbox, TimeProvider clock, TimeZoneInfo zone)
{
    private readonly ConcurrentQueue<Fault> faults = new();
    private long counter;

    public void Plan(IEnumerable<Fault> planned)
    {
        foreach (var fault in planned.SelectMany(fault => Enumerable.Repeat(fault, Math.Max(1, fault.Times))))
        {
            faults.Enqueue(fault);
        }
    }

    public async Task SendAsync(HttpContext http)
    {
        faults.TryDequeue(out var fault);
        if (fault?.Status is { } status)
        {
            if (fault.RetryAfter is { } seconds)
            {
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }
            await RefuseAsync(http, status, null, "planned fault");
            return;
        }
        if (http.Request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', _, ..])
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, null, "The provided authorization grant is invalid, expired, or revoked");
            return;
        }
        try
        {
            using var message = await JsonDocument.ParseAsync(http.Request.Body);
            foreach (var mail in Read(message.RootElement))
            {
                await mailbox.KeepAsync(mail);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "message", "personalizations with to, from, subject and content are required");
            return;
        }
        if (fault?.CutAfterAccept == true)
        {
            http.Abort();
            return;
        }
        http.Response.Headers["X-Message-Id"] = Guid.NewGuid().ToString("N");
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private List<SandboxMail> Read(JsonElement message)
    {
        var from = Address(message.GetProperty("from"));
        var contents = message.GetProperty("content").EnumerateArray()
            .ToDictionary(part => part.GetProperty("type").GetString()!, part => part.GetProperty("value").GetString());
        var mails = new List<SandboxMail>();
        foreach (var person in message.GetProperty("personalizations").EnumerateArray())
        {
            var subject = person.TryGetProperty("subject", out var own) ? own.GetString() : message.GetProperty("subject").GetString();
            foreach (var to in person.GetProperty("to").EnumerateArray())
            {
                mails.Add(new SandboxMail(
                    NextId(), to.GetProperty("email").GetString()!, from, subject ?? throw new KeyNotFoundException(),
                    contents.GetValueOrDefault("text/plain"), contents.GetValueOrDefault("text/html"),
                    ReplyTo(message, Pairs(message, "headers").Concat(Pairs(person, "headers"))), Attachments(message),
                    Pairs(message, "custom_args").Concat(Pairs(person, "custom_args")).ToDictionary(),
                    TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone)));
            }
        }
        return mails.Count > 0 ? mails : throw new KeyNotFoundException();
    }

    private string NextId() => $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds():D14}{Interlocked.Increment(ref counter) % 1_000_000:D6}";

    private static string Address(JsonElement person)
    {
        var email = person.GetProperty("email").GetString()!;
        return person.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text ? $"{text} <{email}>" : email;
    }

    private static Dictionary<string, string> ReplyTo(JsonElement message, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var all = headers.ToDictionary();
        if (message.TryGetProperty("reply_to", out var replyTo))
        {
            all["Reply-To"] = Address(replyTo);
        }
        return all;
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonElement of, string name) =>
        of.TryGetProperty(name, out var pairs) && pairs.ValueKind == JsonValueKind.Object
            ? pairs.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.ToString()))
            : [];

    private static List<Attachment> Attachments(JsonElement message) =>
        message.TryGetProperty("attachments", out var files)
            ? [.. files.EnumerateArray().Select(file => new Attachment(
                file.GetProperty("filename").GetString()!,
                file.TryGetProperty("type", out var type) ? type.GetString() : null,
                file.GetProperty("content").GetString()))]
            : [];

    private static Task RefuseAsync(HttpContext http, int status, string? field, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { errors = new[] { new { message, field, help = (string?)null } } });
    }
}
