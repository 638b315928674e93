using System.Net.Mime;
using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Web;

/// <summary>What search engines leave alone: the console, the notas' links, and the API.</summary>
public sealed class GetRobots
{
    private const string Text = "User-agent: *\nDisallow: /staff\nDisallow: /r$\nDisallow: /r?\nDisallow: /r/\nDisallow: /api\n";

    [Function(nameof(GetRobots))]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "robots.txt")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = ForADay.CacheControl;
        return Results.Text(Text, MediaTypeNames.Text.Plain);
    }
}

/// <summary>For what asks for it without reading a page.</summary>
public sealed class GetFavicon(Assets assets)
{
    [Function(nameof(GetFavicon))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "favicon.ico")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = ForADay.CacheControl;
        return Results.Redirect(assets.AddressOf("favicon.svg"));
    }
}

internal static class ForADay
{
    public const string CacheControl = "public, max-age=86400";
}
