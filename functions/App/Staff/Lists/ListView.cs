using System.Globalization;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Lists;

/// <param name="Options">With the number of rows that each finds by itself.</param>
/// <param name="Value">Null where nothing is chosen.</param>
public sealed record ListField(string Name, IReadOnlyList<(string Value, string Text, int Rows)> Options, string? Value);

/// <summary>The rows of a spreadsheet under the names of its columns.</summary>
public sealed record ListSheet(IReadOnlyList<string> Columns, IEnumerable<IEnumerable<string?>> Rows);

/// <summary>A list as it was asked for, without its rows: what stands above and below them on the page.</summary>
/// <param name="Total">All rows that there are.</param>
/// <param name="Count">Those that were found.</param>
/// <param name="Page">From 1.</param>
public abstract record ListView(
    string Name, string Path, string Words, IReadOnlyList<ListField> Fields, IReadOnlyList<string> Sorts, string Sort, int Total, int Count, int Page, IReadOnlyDictionary<string, string> Kept)
{
    public const int PageSize = 50;

    public int Pages => PagesOf(Count);

    /// <summary>Of the first row that is shown, from 1.</summary>
    public int From => ((Page - 1) * PageSize) + 1;

    public int To => Math.Min(Page * PageSize, Count);

    public bool IsNarrowed => Words.Length > 0 || Fields.Any(one => one.Value is not null);

    public ListField Field(string name) => Fields.First(one => one.Name == name);

    /// <summary>The first, the last, and those beside the present one; null where some are left out.</summary>
    public IEnumerable<int?> PagesToOffer
    {
        get
        {
            var last = 0;
            foreach (var page in Enumerable.Range(1, Pages).Where(page => page == 1 || page == Pages || Math.Abs(page - Page) <= 1))
            {
                if (page > last + 1)
                {
                    yield return null;
                }
                yield return last = page;
            }
        }
    }

    /// <summary>What leads to this list again, at the page where it is: "?q=agua&amp;page=2"; empty for the list as it comes.</summary>
    public string Query => QueryAt(Page);

    public string QueryAt(int page) => $"{QueryString.Create(Kept
        .Append(new(ListQuery.Words, Words))
        .Concat(Fields.Select(one => KeyValuePair.Create(one.Name, one.Value ?? "")))
        .Append(new(ListQuery.Sort, Sort == Sorts[0] ? "" : Sort))
        .Append(new(ListQuery.Page, page == 1 ? "" : page.ToString(CultureInfo.InvariantCulture)))
        .Where(pair => pair.Value.Length > 0)
        .Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)))}";

    /// <summary>What leads to the same list with nothing narrowed.</summary>
    public string QueryOfAll => $"{QueryString.Create(Kept.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)))}";

    /// <param name="withPeople">What is only for those who act, too.</param>
    public abstract ListSheet Sheet(bool withPeople);

    protected static int PagesOf(int count) => Math.Max(1, (count + PageSize - 1) / PageSize);

    /// <summary>What nobody could have chosen from the page is as if it had not been asked for.</summary>
    public static ListView<T> Of<T>(ListShape<T> shape, IReadOnlyList<T> rows, ListQuery asked)
    {
        var words = PlainText.Line(asked[ListQuery.Words]);
        var folded = PlainText.Fold(words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var chosen = shape.Filters.ToDictionary(filter => filter.Name, filter => filter.Options.Select(option => option.Value).FirstOrDefault(value => value == asked[filter.Name]));
        var order = shape.Orders.FirstOrDefault(order => order.Name == asked[ListQuery.Sort]) ?? shape.Orders[0];
        var matching = rows.Where(row =>
            shape.Filters.All(filter => chosen[filter.Name] is not { } value || filter.ValuesOf(row).Contains(value))
            && (folded.Length == 0 || (PlainText.Fold(shape.Text(row)) is var text && folded.All(word => text.Contains(word, StringComparison.Ordinal)))));
        IReadOnlyList<T> found = [.. order.Comparer is { } comparer ? matching.Order(comparer) : matching];
        var page = int.TryParse(asked[ListQuery.Page], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, PagesOf(found.Count)) : 1;
        return new ListView<T>(
            shape, found, words, [.. shape.Filters.Select(filter => FieldOf(filter, rows, chosen[filter.Name]))], order.Name, rows.Count, page);
    }

    private static ListField FieldOf<T>(ListFilter<T> filter, IReadOnlyList<T> rows, string? value)
    {
        var counts = rows.SelectMany(row => filter.ValuesOf(row).OfType<string>().Distinct()).CountBy(known => known).ToDictionary();
        return new ListField(filter.Name, [.. filter.Options.Select(option => (option.Value, option.Text, counts.GetValueOrDefault(option.Value)))], value);
    }
}

/// <param name="Found">All of them, in order; the spreadsheet holds these.</param>
public sealed record ListView<T>(
    ListShape<T> Shape, IReadOnlyList<T> Found, string Words, IReadOnlyList<ListField> Fields, string Sort, int Total, int Page)
    : ListView(Shape.Name, Shape.Path, Words, Fields, [.. Shape.Orders.Select(order => order.Name)], Sort, Total, Found.Count, Page, Shape.Kept)
{
    /// <summary>Those of the page.</summary>
    public IReadOnlyList<T> Shown { get; } = [.. Found.Skip((Page - 1) * PageSize).Take(PageSize)];

    public override ListSheet Sheet(bool withPeople)
    {
        var columns = Shape.Columns.Where(column => withPeople || !column.IsPersonal).ToList();
        return new ListSheet([.. columns.Select(column => column.Name)], Found.Select(row => columns.Select(column => column.Cell(row))));
    }
}
