using System.Text.Json.Nodes;

namespace OpenGov.LocalHost.SendGridSandbox;

/// <summary>An event to be posted once the virtual clock has reached <paramref name="Due"/>.</summary>
internal sealed record SandboxEvent(string Id, DateTimeOffset Due, JsonObject Fields)
{
    /// <summary>Later than an app can be expected to wait for, and sooner than its people would give up.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(2);

    /// <summary>What is told of an accepted mail, by the fault that met it; "delivered" where none did.</summary>
    public static IEnumerable<SandboxEvent> Of(SandboxMail mail, string? fault, DateTimeOffset now) => fault switch
    {
        null or "delivered" => [Delivered(mail, now)],
        "bounce" => [One(mail, "bounce", now, ("reason", "550 5.1.1 The mailbox does not exist"), ("status", "5.1.1"), ("type", "bounce"))],
        "dropped" => [One(mail, "dropped", now, ("reason", "Bounced Address"))],
        "deferred" => [One(mail, "deferred", now, ("response", "450 4.2.1 Try again later"), ("attempt", "1")), Delivered(mail, now + Late)],
        "late" => [Delivered(mail, now + Late)],
        "duplicate" => Delivered(mail, now) is var told ? [told, told] : [],
        _ => [],
    };

    private static SandboxEvent Delivered(SandboxMail mail, DateTimeOffset at) => One(mail, "delivered", at, ("response", "250 OK"));

    private static SandboxEvent One(SandboxMail mail, string name, DateTimeOffset at, params (string Name, string Value)[] more)
    {
        var id = Guid.NewGuid().ToString("N");
        var fields = new JsonObject
        {
            ["email"] = mail.To,
            ["timestamp"] = at.ToUnixTimeSeconds(),
            ["event"] = name,
            ["sg_event_id"] = id,
            ["sg_message_id"] = $"{mail.Id}.sandbox",
        };
        foreach (var (field, value) in more.Concat(mail.CustomArgs.Select(argument => (argument.Key, argument.Value))))
        {
            fields.TryAdd(field, value);
        }
        return new SandboxEvent(id, at, fields);
    }
}
