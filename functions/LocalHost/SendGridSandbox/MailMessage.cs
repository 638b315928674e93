using System.Net.Mail;
using System.Text.Json;

namespace OpenGov.LocalHost.SendGridSandbox;

/// <summary>A refusal as SendGrid words it.</summary>
internal sealed class RefusedMailException(string? field, string message) : Exception(message)
{
    public string? Field { get; } = field;
}

/// <summary>Reads a v3 message, and refuses what SendGrid refuses.</summary>
internal static class MailMessage
{
    private static readonly string[] Reserved =
        ["x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to", "from", "subject", "reply-to", "cc", "bcc"];

    /// <returns>One mail for each addressee.</returns>
    /// <exception cref="RefusedMailException">SendGrid would answer 400.</exception>
    public static IEnumerable<SandboxMail> Read(JsonElement message, Func<string> nextId, DateTimeOffset at)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new RefusedMailException(null, "Bad Request");
        }
        var people = List(message, "personalizations");
        if (people is [] or { Count: > 1000 })
        {
            throw new RefusedMailException("personalizations", "The personalizations field is required and must have at least one personalization.");
        }
        var from = Address(message.TryGetProperty("from", out var sender) ? sender : default, "from", "The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.");
        var contents = Contents(message);
        var mails = new List<SandboxMail>();
        foreach (var (person, index) in people.Select((person, index) => (person, index)))
        {
            var subject = Text(person, "subject") ?? Text(message, "subject")
                ?? throw new RefusedMailException("subject", "The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.");
            var addressees = List(person, "to") is { Count: > 0 } to ? to
                : throw new RefusedMailException($"personalizations.{index}.to", "The to array is required for all personalization objects, and must have at least one email object with a valid email address.");
            var headers = Headers(message).Concat(Headers(person)).ToList();
            if (message.TryGetProperty("reply_to", out var replyTo))
            {
                headers.Add(new("Reply-To", Address(replyTo, "reply_to", "The reply_to object must have an email.")));
            }
            mails.AddRange(addressees.Select((addressee, place) => new SandboxMail(
                nextId(), Email(addressee, $"personalizations.{index}.to.{place}"), from, subject, contents.GetValueOrDefault("text/plain"), contents.GetValueOrDefault("text/html"),
                Last(headers), Attachments(message), Last(Pairs(message, "custom_args").Concat(Pairs(person, "custom_args"))), at)));
        }
        return mails;
    }

    private static Dictionary<string, string?> Contents(JsonElement message)
    {
        var parts = List(message, "content").Select(part => (Type: Text(part, "type"), Value: Text(part, "value"))).ToList();
        return parts switch
        {
            [] => throw new RefusedMailException("content", "Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block. We typically suggest both text/plain and text/html blocks are included, but only one block is required."),
            _ when parts.Any(part => string.IsNullOrEmpty(part.Type) || string.IsNullOrEmpty(part.Value)) => throw new RefusedMailException("content.0.value", "The content value must be a string at least one character in length."),
            _ when parts.DistinctBy(part => part.Type).Count() < parts.Count || parts.FindIndex(part => part.Type == "text/plain") > 0 => throw new RefusedMailException("content", "If present, text/plain and text/html may only be provided once, and text/plain must be first, followed by text/html."),
            _ => parts.ToDictionary(part => part.Type!, part => part.Value),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(JsonElement of) => Pairs(of, "headers").Select(pair =>
        Reserved.Contains(pair.Key.ToLowerInvariant()) ? throw new RefusedMailException("headers", $"The header {pair.Key} is reserved.") : pair);

    private static List<Attachment> Attachments(JsonElement message) =>
        [.. List(message, "attachments").Select(file => new Attachment(
            Text(file, "filename") ?? throw new RefusedMailException("attachments.0.filename", "The attachment filename is required."),
            Text(file, "type"),
            Text(file, "content") is { Length: > 0 } content && Convert.TryFromBase64String(content, new byte[content.Length], out _) ? content
                : throw new RefusedMailException("attachments.0.content", "The attachment content must be base64 encoded.")))];

    private static string Address(JsonElement person, string field, string missing)
    {
        if (person.ValueKind != JsonValueKind.Object || Text(person, "email") is null)
        {
            throw new RefusedMailException($"{field}.email", missing);
        }
        var email = Email(person, field);
        return Text(person, "name") is { Length: > 0 } name ? $"{name} <{email}>" : email;
    }

    private static string Email(JsonElement person, string field) =>
        Text(person, "email") is { } email && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email
            ? email
            : throw new RefusedMailException($"{field}.email", "Does not contain a valid address.");

    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonElement of, string name) =>
        of.TryGetProperty(name, out var pairs) && pairs.ValueKind == JsonValueKind.Object
            ? pairs.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()!
                : throw new RefusedMailException($"{name}.{pair.Name}", "The values must be strings.")))
            : [];

    private static Dictionary<string, string> Last(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var all = new Dictionary<string, string>();
        foreach (var (name, value) in pairs)
        {
            all[name] = value;
        }
        return all;
    }

    private static List<JsonElement> List(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
