namespace OpenGov.Functions.Staff.Lists;

/// <summary>What an address asks of a list: words, an order, a page, and a value for each filter.</summary>
public sealed record ListQuery(IReadOnlyDictionary<string, string> Values)
{
    public const string Words = "q";
    public const string Sort = "sort";
    public const string Page = "page";

    public string? this[string name] => Values.GetValueOrDefault(name);

    public static ListQuery Of(IQueryCollection query) =>
        new(query.Where(field => field.Value.Count > 0).ToDictionary(field => field.Key, field => field.Value[0] ?? ""));

    public ListQuery With(string name, string value) => new(new Dictionary<string, string>(Values) { [name] = value });
}
