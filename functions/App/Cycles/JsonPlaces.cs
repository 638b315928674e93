using System.Text.Json;

namespace OpenGov.Functions.Cycles;

/// <summary>Where each value of a JSON file stands, for who must correct it by hand.</summary>
internal sealed class JsonPlaces
{
    private readonly Dictionary<string, int> lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> twice = [];
    private readonly byte[] json;
    private (long Byte, int Line) counted = (0, 1);

    private JsonPlaces(byte[] json) => this.json = json;

    /// <summary>Paths of members that their object has twice.</summary>
    public IReadOnlyList<string> Twice => twice;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonPlaces Read(byte[] json)
    {
        var places = new JsonPlaces(json);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        places.Value(ref reader, "");
        // What follows the value is no JSON either.
        reader.Read();
        return places;
    }

    /// <summary>Of the value at "activities[2].closes", or of what should hold it; from 1 on.</summary>
    public int LineOf(string path) =>
        lines.TryGetValue(path, out var line) ? line : LineOf(path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)]);

    private void Value(ref Utf8JsonReader reader, string path)
    {
        lines.TryAdd(path, LineAt(reader.TokenStartIndex));
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                Value(ref reader, $"{path}[{index}]");
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                var member = path.Length == 0 ? name : $"{path}.{name}";
                if (!names.Add(name))
                {
                    twice.Add(member);
                }
                reader.Read();
                Value(ref reader, member);
            }
        }
    }

    private int LineAt(long index)
    {
        for (; counted.Byte < index; counted.Byte++)
        {
            counted.Line += json[counted.Byte] == '\n' ? 1 : 0;
        }
        return counted.Line;
    }
}
