using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Imports;

/// <summary>What is done with the rows that were read, whatever they are: all of them are stored, or it is said what would be.</summary>
public sealed class ImportRun(ImportWriter writer, ImportMessages messages)
{
    public async Task<ImportResult> StoreAsync<T>(ImportedRows<T> read, IStringLocalizer labels, CancellationToken cancel) where T : class
    {
        await writer.WriteAsync(read.Place, read.Records, cancel);
        return messages.Answer(read, labels);
    }

    public async Task<ImportPreview> PreviewAsync<T>(ImportedRows<T> read, IStringLocalizer labels, CancellationToken cancel) where T : class =>
        messages.Preview(read, await writer.ReadAsync(read.Place, cancel), labels);
}
