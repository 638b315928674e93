using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class ShowOverview(StaffGate gate)
{
    [Function(nameof(ShowOverview))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff")] HttpRequest request, CancellationToken cancel) =>
        await gate.FindAsync(request, cancel) is null ? Page.Of<SignInPage>() : Page.Of<OverviewPage>();
}
