using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace OpenGov.Functions.Web;

public static class ContentType
{
    public static bool Is(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && request.Headers.ContentEncoding.Count == 0;

    /// <summary>JSON in UTF-8, uncompressed: nothing else is read.</summary>
    public static bool IsJson(HttpRequest request) =>
        Is(request, MediaTypeNames.Application.Json)
        && MediaTypeHeaderValue.Parse(request.ContentType!).Charset is var charset
        && (!charset.HasValue || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
