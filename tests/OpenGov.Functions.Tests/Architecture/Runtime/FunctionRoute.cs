using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;

namespace OpenGov.Functions.Architecture.Runtime;

/// <summary>The runtime matches routes in the order of the functions' names: two that match one address are a trap.</summary>
internal sealed partial record FunctionRoute(string Function, IReadOnlyList<string> Methods, RoutePattern Pattern)
{
    private readonly string[] segments = Pattern.RawText!.Split('/');

    public bool IsCatchAll => Pattern.Parameters.Any(parameter => parameter.IsCatchAll);

    /// <summary>Whether some address has the shape of both. A segment of one constrained length is told from a fixed word of another.</summary>
    public bool Overlaps(FunctionRoute other) =>
        segments.Length == other.segments.Length && segments.Zip(other.segments).All(pair => Overlap(pair.First, pair.Second));

    private static bool Overlap(string first, string second) => (IsParameter(first), IsParameter(second)) switch
    {
        (false, false) => first.Equals(second, StringComparison.OrdinalIgnoreCase),
        (true, false) => Takes(first, second),
        (false, true) => Takes(second, first),
        _ => true,
    };

    private static bool Takes(string parameter, string word)
    {
        var length = Length().Match(parameter);
        var number = length.Success ? int.Parse(length.Groups["number"].Value, CultureInfo.InvariantCulture) : 0;
        return !length.Success || word.Length == number || (length.Groups["most"].Success && word.Length < number);
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    [GeneratedRegex(@":(?<most>max)?length\((?<number>\d+)\)")]
    private static partial Regex Length();
}
