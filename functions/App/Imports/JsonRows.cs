using System.Text;
using System.Text.Json;

namespace OpenGov.Functions.Imports;

/// <summary>Rows of a JSON array: UTF-8 only, no member twice, no wrong types, no deep nesting. Unknown members are left aside.</summary>
internal static class JsonRows
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static RawTable Read(byte[] content, IReadOnlyList<ImportColumn> columns)
    {
        try
        {
            var text = StrictUtf8.GetString(WithoutMark(content));
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind != JsonValueKind.Array ? NoArray()
                : document.RootElement.GetArrayLength() > ImportLimits.Rows
                    ? RawTable.Unreadable(ImportFault.File(FaultCodes.TooMany, "TooManyRows", ImportLimits.Rows))
                : Rows(document.RootElement, columns);
        }
        catch (Exception unreadable) when (unreadable is JsonException or DecoderFallbackException)
        {
            return NoArray();
        }
    }

    private static RawTable NoArray() => RawTable.Unreadable(ImportFault.File(FaultCodes.Malformed, "NoJson"));

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> content) =>
        content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;

    private static RawTable Rows(JsonElement array, IReadOnlyList<ImportColumn> columns)
    {
        var rows = new List<RawRow>();
        var faults = new List<ImportFault>();
        foreach (var element in array.EnumerateArray())
        {
            var number = rows.Count + 1;
            rows.Add(new RawRow(number, ValuesOf(element, number, columns, faults)));
        }
        return new RawTable(rows, faults);
    }

    private static Dictionary<string, IReadOnlyList<string>> ValuesOf(
        JsonElement element, int row, IReadOnlyList<ImportColumn> columns, List<ImportFault> faults)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(ImportFault.Malformed(row, ImportFault.OfTheRow, "NoObject"));
            return values;
        }
        Collect(element, "", number: row, columns, values, faults);
        return values;
    }

    /// <param name="path">Of the member that holds <paramref name="element"/>, with a dot at its end.</param>
    private static void Collect(
        JsonElement element, string path, int number, IReadOnlyList<ImportColumn> columns, Dictionary<string, IReadOnlyList<string>> values, List<ImportFault> faults)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
            {
                faults.Add(ImportFault.Malformed(number, ImportFault.OfTheRow, "NoObject"));
                continue;
            }
            var column = columns.FirstOrDefault(known => IsAt(known, path + name, path.Length > 0));
            if (!seen.Add(name) || (column is not null && values.ContainsKey(column.Name)))
            {
                faults.Add(new ImportFault(number, column?.Name ?? ImportFault.OfTheRow, FaultCodes.Duplicate, "MemberTwice"));
            }
            else if (column is null && path.Length == 0 && member.Value.ValueKind == JsonValueKind.Object
                && columns.Any(known => known.Headers.Any(header => header.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase))))
            {
                Collect(member.Value, $"{name}.", number, columns, values, faults);
            }
            else if (column is not null && ValuesOf(member.Value, column.Kind) is { } read)
            {
                values[column.Name] = read;
            }
            else if (column is not null)
            {
                faults.Add(ImportFault.Malformed(number, column.Name, "WrongType"));
            }
        }
    }

    private static bool IsAt(ImportColumn column, string path, bool nested) => nested
        ? column.Headers.Contains(path, StringComparer.OrdinalIgnoreCase)
        : column.Name.Equals(path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where the value is of another type than the column.</summary>
    private static List<string>? ValuesOf(JsonElement value, ColumnKind kind) => (value.ValueKind, kind) switch
    {
        (JsonValueKind.Null, _) => [],
        (JsonValueKind.True, ColumnKind.Flag) => [Flags.Yes],
        (JsonValueKind.False, ColumnKind.Flag) => [Flags.No],
        (JsonValueKind.String, not (ColumnKind.Flag or ColumnKind.List)) => Texts([value]),
        (JsonValueKind.Array, ColumnKind.List) => Texts(value.EnumerateArray()),
        _ => null,
    };

    private static List<string>? Texts(IEnumerable<JsonElement> values)
    {
        var texts = values.Select(TextOf).OfType<string>().ToList();
        return texts.Count == values.Count() ? texts : null;
    }

    /// <summary>Null for what is no string, or holds half a surrogate pair.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
