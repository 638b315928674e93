using System.Text.Json;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>One thing that is asked; frozen when the nota is sent.</summary>
/// <param name="Data">What its kind keeps of it, by <see cref="With"/>; null where it keeps nothing.</param>
public sealed record RequestItem(string Number, string Title, string Text, JsonElement? Data = null)
{
    public RequestItem With<T>(T data) => this with { Data = JsonSerializer.SerializeToElement(data, Json.Options) };

    public T DataAs<T>() => Data!.Value.Deserialize<T>(Json.Options)!;
}
