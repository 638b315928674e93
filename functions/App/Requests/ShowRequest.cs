using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

public sealed class ShowRequest(RequestLinks links, RequestPages pages)
{
    [Function(nameof(ShowRequest))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r")] HttpRequest request, CancellationToken cancel)
    {
        var token = request.Query["t"].ToString();
        return await links.FindAsync(token, cancel) is { } stored
            ? await pages.ShowAsync(stored.Record, token, isChange: request.Query["change"] == "1", cancel)
            : RequestPages.UnknownLink();
    }
}
