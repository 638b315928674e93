using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace OpenGov.Functions.Web;

public static class ContentType
{
    /// <summary>JSON in UTF-8, uncompressed: nothing else is read.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
