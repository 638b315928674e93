using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using OpenGov.Functions.Files;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>A scan of a signed paper. It came from outside: it is offered for download and never shown as a page of ours.</summary>
public sealed class GetScan(StaffGate gate, FileStore files)
{
    private const string Policy = "default-src 'none'; sandbox";

    [Function(nameof(GetScan))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/files/{hash:length(64)}")] HttpRequest request, string hash, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        if (await files.FindAsync(hash, cancel) is not { } scan)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var headers = request.HttpContext.Response.Headers;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(scan.Name);
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(scan.Bytes, ScanFile.MediaTypeOf(scan.Type));
    }
}
