using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Imports;

/// <summary>Puts faults into words, in the current language.</summary>
public sealed class ImportMessages(IStringLocalizer<ImportTexts> texts)
{
    /// <param name="labels">What a field is called, by its name.</param>
    public ImportResult Answer(int imported, IEnumerable<ImportFault> faults, IStringLocalizer labels) => new(imported,
    [
        .. faults.OrderBy(fault => fault.Row).Select(fault => new ImportError(fault.Row, fault.Field, fault.Code, Message(fault, labels))),
    ]);

    public ImportResult Answer<T>(ImportedRows<T> read, IStringLocalizer labels) where T : class => Answer(read.Rows.Count, read.Table.Faults, labels);

    /// <param name="stored">The place's records, by their keys.</param>
    public ImportPreview Preview<T>(ImportedRows<T> read, IReadOnlyDictionary<string, T> stored, IStringLocalizer labels) where T : class
    {
        var named = read.Records.Select(read.Place.KeyOf).ToHashSet();
        return new ImportPreview(ImportComparison.Of(read, stored, this, labels), stored.Keys.Count(key => !named.Contains(key)), Answer(read, labels).Errors);
    }

    /// <summary>A field's value as people read it.</summary>
    internal string WordsOf(ImportValue field) => field.Column.Kind == ColumnKind.Flag ? texts[field.Value == Flags.Yes ? "Yes" : "No"] : field.Value ?? "";

    private string Message(ImportFault fault, IStringLocalizer labels)
    {
        var label = fault.Field is ImportFault.OfTheFile or ImportFault.OfTheRow ? "" : labels[fault.Field].Value;
        return texts[fault.Text, [label, .. fault.Arguments]];
    }
}
