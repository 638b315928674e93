using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Web;

public sealed class GetAsset(Assets assets)
{
    [Function(nameof(GetAsset))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{name}")] HttpRequest request, string name)
    {
        if (assets.Find(name) is not { } asset)
        {
            return Results.NotFound();
        }
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ETag = asset.ETag;
        headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.Contains(asset.ETag))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }
        var compressed = request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (compressed)
        {
            headers.ContentEncoding = "br";
        }
        return Results.Bytes(compressed ? asset.Brotli : asset.Plain, asset.ContentType);
    }
}
