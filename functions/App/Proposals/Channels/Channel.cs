using System.Globalization;
using System.Text;
using NodaTime;

namespace OpenGov.Functions.Proposals.Channels;

/// <summary>A way by which proposals come: a fair, a network, a printed poster, or a session at which paper forms are handed in.</summary>
/// <param name="Code">Capital letters, digits and '-'; in its link.</param>
/// <param name="Kind">One of <see cref="Choices.Channels"/>.</param>
/// <param name="Date">Of a session: the day on which its forms were handed in.</param>
public sealed record Channel(string Code, string Name, string Kind, LocalDate? Date, string? Place, string? Territory, Instant DefinedAt)
{
    public const int NameLength = 120;
    private const int CodeLength = 28;
    private const string Nameless = "CANAL";

    /// <summary>Where the form is opened by it.</summary>
    public string Path => $"/proposals/new?via={Code}";

    /// <summary>What a code is derived from, to be read in a link: "FERIA-DE-CHIRIQUI".</summary>
    public static string CodeOf(string name)
    {
        var folded = string.Concat(name.Normalize(NormalizationForm.FormD)
            .Where(symbol => CharUnicodeInfo.GetUnicodeCategory(symbol) != UnicodeCategory.NonSpacingMark)
            .Select(symbol => char.IsAsciiLetterOrDigit(symbol) ? char.ToUpperInvariant(symbol) : '-'));
        var code = string.Join('-', folded.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return code.Length == 0 ? Nameless : code.Length <= CodeLength ? code : code[..CodeLength].TrimEnd('-');
    }

    /// <summary>Whether <paramref name="text"/> may be a code: what is not is never looked up.</summary>
    public static bool IsCode(string? text) =>
        text is { Length: > 0 and <= CodeLength + 4 } && text.All(symbol => char.IsAsciiLetterUpper(symbol) || char.IsAsciiDigit(symbol) || symbol == '-');

    /// <summary>The same as <paramref name="other"/> in all that its definition says.</summary>
    public bool IsDefinedAs(Channel other) => this with { Code = other.Code, DefinedAt = other.DefinedAt } == other;
}

/// <summary>What staff typed to define one.</summary>
public sealed record ChannelInput(string? Name, string? Kind, string? Date = null, string? Place = null, string? Territory = null);
