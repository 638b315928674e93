using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Liaisons;

public sealed class ShowLiaisons(LiaisonMap map)
{
    [Function(nameof(ShowLiaisons))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "liaisons")] HttpRequest request, CancellationToken cancel) =>
        Page.Of<LiaisonListPage>(new { Places = await map.ReadAsync(cancel) });
}
