using System.Text.Json;

namespace OpenGov.Functions.Proposals;

/// <summary>Reads the API's body: no duplicate members, no wrong types, no deep nesting, UTF-8 only.</summary>
internal static class ProposalJson
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
    };

    /// <param name="field">Where the fault is, when there is one.</param>
    public static ProposalInput? Read(byte[] body, out string field)
    {
        field = "body";
        try
        {
            return JsonSerializer.Deserialize<ProposalInput>(body, Strict);
        }
        catch (JsonException malformed)
        {
            field = malformed.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : field;
            return null;
        }
    }

    /// <summary>"Author.Email" as the API names it: "author.email".</summary>
    public static string FieldOf(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
