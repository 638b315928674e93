using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace OpenGov.Functions.Web;

/// <summary>Bytes a body may have, per kind of route.</summary>
public static class BodyLimits
{
    public const int Public = 64 * 1024;
    public const int Webhook = 1024 * 1024;
    public const int Import = 5 * 1024 * 1024;

    /// <summary>Where a file that is somewhat too large is told so on the form; one that was looked at comes back in base64.</summary>
    public const int ImportOnPage = 2 * Import;

    /// <summary>A scan of 10 MiB and the form around it.</summary>
    public const int Scan = (10 * 1024 * 1024) + Public;

    /// <summary>Where a scan that is somewhat too large is told so on the form, with all that was typed kept.</summary>
    public const int ScanOnPage = 2 * Scan;
}

/// <summary>
/// Reads a body within its route's limit. Kestrel's own limit ends in a bare 500 behind the Functions runtime, so
/// a body that is too large is refused unread where it says its length, else read to its end and discarded.
/// </summary>
public static class Body
{
    /// <summary>Null where the body is larger than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var total = 0L;
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancel)) > 0)
        {
            total += read;
            if (total <= limit)
            {
                kept.Write(buffer, 0, read);
            }
        }
        return total > limit ? null : kept.ToArray();
    }

    /// <summary>Why <see cref="ReadFormAsync"/> gave null: what says that it is a form was too large, or malformed beyond reading.</summary>
    public static int StatusWithoutForm(HttpRequest request) =>
        request.HasFormContentType ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;

    /// <summary>Null where the body is larger than the limit or is no form.</summary>
    public static async Task<IFormCollection?> ReadFormAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (!request.HasFormContentType || await ReadAsync(request, limit, cancel) is not { } bytes)
        {
            return null;
        }
        request.Body = new MemoryStream(bytes);
        try
        {
            return await new FormFeature(request, new FormOptions { BufferBody = false, ValueCountLimit = 4096, ValueLengthLimit = limit }).ReadFormAsync(cancel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The bytes of the file that was chosen, else what was pasted in its place.</summary>
    /// <param name="pasted">The name of the field.</param>
    public static async Task<byte[]> FileOrPastedAsync(IFormCollection form, string pasted, CancellationToken cancel)
    {
        if (form.Files["file"] is not { Length: > 0 } file)
        {
            return Encoding.UTF8.GetBytes(form[pasted].ToString());
        }
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
