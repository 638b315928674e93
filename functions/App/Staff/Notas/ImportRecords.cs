using System.Net.Mime;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>The imports by the names under which callers know them.</summary>
public sealed class StaffImports(ImportInstitutions institutions, ImportCommitments commitments, ImportProposals proposals, ImportMembers members)
{
    public const string Institutions = "institutions";
    public const string Commitments = "commitments";
    public const string Proposals = "proposals";
    public const string Members = "members";

    public static IReadOnlyList<string> All { get; } = [Institutions, Commitments, Proposals, Members];

    /// <summary>Null where there is no such import.</summary>
    public IImport? Find(string? what) => what switch
    {
        Institutions => institutions,
        Commitments => commitments,
        Proposals => proposals,
        Members => members,
        _ => null,
    };
}

public sealed class ImportRecords(StaffGate gate, StaffImports imports, IStringLocalizer<NotasTexts> texts)
{
    [Function(nameof(ImportRecords))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/staff/import/{what}")] HttpRequest request, string what, CancellationToken cancel)
    {
        var admission = await gate.RequireAsync(request, StaffRole.Organiser, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (imports.Find(what) is not { } import)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "not-found", texts["NoSuchImport"]);
        }
        ImportFormat? format = Web.ContentType.IsJson(request) ? ImportFormat.Json : Web.ContentType.Is(request, MediaTypeNames.Text.Csv) ? ImportFormat.Csv : null;
        if (format is null)
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", texts["SendJsonOrCsv"]);
        }
        if (await Body.ReadAsync(request, BodyLimits.Import, cancel) is not { } body)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", texts["TooLarge", BodyLimits.Import / 1024 / 1024]);
        }
        return await import.RunAsync(new ImportFile(body, format.Value, request.Query["partial"] == "true", admission.Actor), cancel) switch
        {
            { Imported: 0, Errors.Count: > 0 } refused => Results.Json(refused, Json.Options, statusCode: StatusCodes.Status422UnprocessableEntity),
            var result => Results.Json(result, Json.Options),
        };
    }
}
