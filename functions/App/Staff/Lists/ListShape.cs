using System.Globalization;

namespace OpenGov.Functions.Staff.Lists;

/// <summary>How a list is searched, narrowed, put in order and written down.</summary>
/// <param name="Name">Of its spreadsheet, and of the texts that name its rows.</param>
/// <param name="Path">Of its page.</param>
/// <param name="Text">What a search looks through.</param>
/// <param name="Orders">The usual one first.</param>
/// <param name="Columns">Of its spreadsheet.</param>
public sealed record ListShape<T>(
    string Name, string Path, Func<T, string> Text, IReadOnlyList<ListFilter<T>> Filters, IReadOnlyList<ListOrder<T>> Orders, IReadOnlyList<ListColumn<T>> Columns)
{
    /// <summary>What else the page asked for, such as a range of days: it stays while the list is turned over.</summary>
    public IReadOnlyDictionary<string, string> Kept { get; init; } = new Dictionary<string, string>();
}

/// <param name="Name">In the address; its label is the text "Filter-…".</param>
/// <param name="Options">What may be chosen, and how it is called.</param>
/// <param name="ValuesOf">All the options under which a row is found.</param>
public sealed record ListFilter<T>(string Name, IReadOnlyList<(string Value, string Text)> Options, Func<T, IEnumerable<string?>> ValuesOf)
{
    public ListFilter(string name, IReadOnlyList<(string Value, string Text)> options, Func<T, string?> valueOf)
        : this(name, options, row => [valueOf(row)])
    {
    }
}

/// <param name="Name">In the address; its label is the text "Sort-…".</param>
/// <param name="Comparer">Null for the order in which the rows come. Equal rows keep it.</param>
public sealed record ListOrder<T>(string Name, IComparer<T>? Comparer = null);

public static class ListOrder
{
    /// <summary>As a Spanish dictionary has them, and 2 before 10.</summary>
    public static StringComparer Words { get; } = StringComparer.Create(CultureInfo.GetCultureInfo("es-PA"), CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);

    public static ListOrder<T> ByWords<T>(string name, Func<T, string?> words) =>
        new(name, Comparer<T>.Create((one, other) => Words.Compare(words(one), words(other))));

    public static ListOrder<T> By<T, TKey>(string name, Func<T, TKey> key) =>
        new(name, Comparer<T>.Create((one, other) => Comparer<TKey>.Default.Compare(key(one), key(other))));

    /// <summary>The greatest first.</summary>
    public static ListOrder<T> Down<T, TKey>(string name, Func<T, TKey> key) =>
        new(name, Comparer<T>.Create((one, other) => Comparer<TKey>.Default.Compare(key(other), key(one))));
}

/// <param name="Name">Its heading is the text "Column-…".</param>
/// <param name="IsPersonal">For those who act: names of people, mailboxes, telephone numbers.</param>
public sealed record ListColumn<T>(string Name, Func<T, string?> Cell, bool IsPersonal = false);
