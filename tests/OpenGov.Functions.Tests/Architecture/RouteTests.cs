using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Architecture;

/// <summary>The runtime matches routes in the order of the functions' names: two that match one address are a trap.</summary>
public sealed partial class RouteTests
{
    private static readonly IReadOnlyList<Route> Routes =
    [
        .. typeof(Service).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => (Function: method.GetCustomAttribute<FunctionAttribute>(), Trigger: method.GetParameters()
                .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)))
            .Where(found => found.Function is not null && found.Trigger is not null)
            .Select(found => new Route(found.Function!.Name, found.Trigger!.Methods!, found.Trigger.Route!)),
    ];

    [Fact]
    public void No_two_routes_match_one_address_but_for_the_catch_all()
    {
        var pairs = from first in Routes
                    from second in Routes
                    where string.CompareOrdinal(first.Function, second.Function) < 0
                        && !first.IsCatchAll && !second.IsCatchAll
                        && first.Methods.Intersect(second.Methods).Any() && Overlap(first.Segments, second.Segments)
                    select $"{first.Function} and {second.Function}: {first.Template}, {second.Template}";
        Assert.Equal([], pairs);
    }

    [Fact]
    public void The_catch_all_comes_last() =>
        Assert.Equal(Routes.Select(route => route.Function).Order(StringComparer.Ordinal).Last(), Assert.Single(Routes, route => route.IsCatchAll).Function);

    [Fact]
    public void Every_page_that_is_read_by_GET_answers_HEAD_too() =>
        Assert.All(Routes.Where(route => route.Methods.Contains("get")), route => Assert.Contains("head", route.Methods));

    [Fact]
    public void No_route_begins_with_a_slash_or_names_a_function_twice()
    {
        Assert.DoesNotContain(Routes, route => route.Template.StartsWith('/'));
        Assert.Equal(Routes.Count, Routes.DistinctBy(route => route.Function).Count());
    }

    /// <summary>Whether some address has the shape of both. A segment of one constrained length is told from a fixed word of another.</summary>
    private static bool Overlap(string[] first, string[] second) =>
        first.Length == second.Length && first.Zip(second).All(pair => Overlap(pair.First, pair.Second));

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
        var number = length.Success ? int.Parse(length.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return !length.Success || word.Length == number || (length.Groups["most"].Success && word.Length < number);
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    [GeneratedRegex(@":(?<most>max)?length\((?<number>\d+)\)")]
    private static partial Regex Length();

    private sealed record Route(string Function, IReadOnlyList<string> Methods, string Template)
    {
        public string[] Segments => Template.Split('/');

        public bool IsCatchAll => Template.StartsWith("{*", StringComparison.Ordinal);
    }
}
