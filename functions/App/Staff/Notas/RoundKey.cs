using System.Globalization;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>Names the notas of one kind that went out together, as pages and links do: "validation-1".</summary>
public sealed record RoundKey(string Kind, int Number)
{
    public static RoundKey Of(OfficialRequest request) => new(request.Kind, request.Round);

    public static RoundKey? Read(string? text) =>
        text?.LastIndexOf('-') is { } cut and > 0 && int.TryParse(text.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new RoundKey(text[..cut], number) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}-{Number}");
}
