using System.Text.Json;

namespace OpenGov.Functions.Record;

/// <summary>What happened, to what, by whom; written with the change it tells of. It holds no personal data.</summary>
/// <param name="What">In the past tense: "proposal-received".</param>
/// <param name="Subject">The code or number of what it happened to.</param>
/// <param name="Actor">A role or a member of staff; null where the public or a timer acted.</param>
/// <param name="Data">What the record must keep of it.</param>
public sealed record OfficialEvent(string What, string Subject, string? Actor = null, JsonElement? Data = null)
{
    public static OfficialEvent Of<T>(string what, string subject, T data, string? actor = null) =>
        new(what, subject, actor, JsonSerializer.SerializeToElement(data, Storage.Json.Options));
}
