using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Web;

/// <summary>The runtime matches routes in the order of the functions' names: this one sorts last and takes the rest.</summary>
public sealed class ZNotFound
{
    [Function(nameof(ZNotFound))]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request) =>
        request.Path.StartsWithSegments("/api")
            ? Problems.Of(StatusCodes.Status404NotFound, "not-found", "There is nothing at this address.")
            : Page.Error(StatusCodes.Status404NotFound);
}
