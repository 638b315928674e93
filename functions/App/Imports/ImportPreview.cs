using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Imports;

/// <summary>What an import would do with the rows that have no fault; nothing of it is done.</summary>
/// <param name="Rows">In the file's order.</param>
/// <param name="Others">Records that are stored and that no row names: they stay as they are.</param>
/// <param name="Errors">Of the other rows, or of the file.</param>
public sealed record ImportPreview(IReadOnlyList<RowPreview> Rows, int Others, IReadOnlyList<ImportError> Errors)
{
    public int CountOf(RowOutcome outcome) => Rows.Count(row => row.Outcome == outcome);

    /// <summary>Also where nothing could be read.</summary>
    public bool ChangesNothing => Rows.All(row => row.Outcome == RowOutcome.Same);
}

public enum RowOutcome { New, Changed, Same }

/// <summary>What a changed row means for what its office was asked.</summary>
public enum OfficeMove
{
    None,

    /// <summary>The same holder, at another mailbox.</summary>
    Mailbox,

    /// <summary>Another holder.</summary>
    Holder,
}

/// <param name="Row">As a spreadsheet counts it.</param>
/// <param name="Title">What the record is called beside its key.</param>
public sealed record RowPreview(int Row, string Key, string Title, RowOutcome Outcome)
{
    /// <summary>What would change of a record that is stored.</summary>
    public IReadOnlyList<FieldPreview> Fields { get; init; } = [];

    public OfficeMove Move { get; init; }

    /// <summary>The key of another record that is likely to be the same; null where there is none.</summary>
    public string? Twin { get; init; }
}

/// <param name="Label">What the field is called, in the current language.</param>
public sealed record FieldPreview(string Label, string Before, string After);

/// <summary>A field as a row would say it.</summary>
public sealed record ImportValue(ImportColumn Column, string? Value)
{
    public ImportValue(ImportColumn column, bool flag) : this(column, flag ? Flags.Yes : Flags.No)
    {
    }

    public ImportValue(ImportColumn column, IEnumerable<string> list) : this(column, string.Join(", ", list))
    {
    }
}

/// <summary>The good rows of a file as records of their place.</summary>
public sealed record ImportedRows<T>(ImportTable Table, ImportPlace<T> Place, IReadOnlyList<(int Row, T Record)> Rows) where T : class
{
    public IReadOnlyList<T> Records { get; } = [.. Rows.Select(row => row.Record)];
}

/// <summary>Holds the records of a file against those that are stored.</summary>
internal static class ImportComparison
{
    public static IReadOnlyList<RowPreview> Of<T>(
        ImportedRows<T> read, IReadOnlyDictionary<string, T> stored, ImportMessages messages, IStringLocalizer labels) where T : class
    {
        var (place, named) = (read.Place, read.Records.Select(read.Place.KeyOf).ToHashSet());
        var twins = stored.Values.Where(record => !named.Contains(place.KeyOf(record))).Concat(read.Records)
            .ToLookup(record => TwinOf(place, record), place.KeyOf);
        return [.. read.Rows.Select(row => Compare(place, row.Row, row.Record, stored.GetValueOrDefault(place.KeyOf(row.Record)), twins, messages, labels))];
    }

    private static RowPreview Compare<T>(
        ImportPlace<T> place, int row, T read, T? before, ILookup<string, string> twins, ImportMessages messages, IStringLocalizer labels) where T : class
    {
        var now = before is null ? read : place.Onto(read, before);
        var (key, values) = (place.KeyOf(now), place.Values(now));
        var preview = new RowPreview(row, key, values[1].Value ?? "", before is null ? RowOutcome.New : ImportWriter.IsSame(now, before) ? RowOutcome.Same : RowOutcome.Changed);
        return preview.Outcome == RowOutcome.Same ? preview : preview with
        {
            Fields = before is null ? [] : [.. values.Zip(place.Values(before)).Where(pair => pair.First != pair.Second).Select(pair => FieldOf(pair.First, pair.Second, messages, labels))],
            Move = before is null ? OfficeMove.None : place.MoveOf(now, before),
            Twin = twins[TwinOf(place, now)].FirstOrDefault(other => other != key),
        };
    }

    private static FieldPreview FieldOf(ImportValue now, ImportValue before, ImportMessages messages, IStringLocalizer labels) =>
        new(labels[now.Column.Name], messages.WordsOf(before), messages.WordsOf(now));

    private static string TwinOf<T>(ImportPlace<T> place, T record) where T : class =>
        place.Values(record).FirstOrDefault(value => value.Column == place.TwinBy)?.Value?.ToUpperInvariant() is { Length: > 0 } value ? value : place.KeyOf(record);
}
