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

    private string Message(ImportFault fault, IStringLocalizer labels)
    {
        var label = fault.Field is ImportFault.OfTheFile or ImportFault.OfTheRow ? "" : labels[fault.Field].Value;
        return texts[fault.Text, [label, .. fault.Arguments]];
    }
}
