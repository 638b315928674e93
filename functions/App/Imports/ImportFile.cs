namespace OpenGov.Functions.Imports;

public enum ImportFormat { Json, Csv }

/// <summary>A file with records to take over.</summary>
/// <param name="Partial">Apply the good rows where others are wrong; else one wrong row stops all.</param>
/// <param name="Actor">Who imports it, for the record: never null, an import is never anonymous.</param>
public sealed record ImportFile(byte[] Content, ImportFormat Format, bool Partial, string Actor);

/// <summary>A kind of records that come in by files.</summary>
public interface IImport
{
    Task<ImportResult> RunAsync(ImportFile file, CancellationToken cancel);

    /// <summary>What running it would do now.</summary>
    Task<ImportPreview> PreviewAsync(ImportFile file, CancellationToken cancel);
}

/// <param name="Imported">Rows that are stored as the file has them, those included that were so before.</param>
/// <param name="Errors">By row.</param>
public sealed record ImportResult(int Imported, IReadOnlyList<ImportError> Errors);

/// <summary>What is wrong with one field of one row.</summary>
/// <param name="Row">In JSON the element's place, from 1; in CSV the row as a spreadsheet counts it, the header being row 1; 0 is the file.</param>
/// <param name="Field">As the JSON names it; "row" or "file" where it is no field's fault.</param>
/// <param name="Code">Stable: see <see cref="FaultCodes"/>.</param>
/// <param name="Message">In the current language; names the field.</param>
public sealed record ImportError(int Row, string Field, string Code, string Message);
