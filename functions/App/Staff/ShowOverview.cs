using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>What is late and what is next; for who is not signed in, the sign-in page.</summary>
public sealed class ShowOverview(StaffGate gate, StaffOverview overview)
{
    [Function(nameof(ShowOverview))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff")] HttpRequest request, CancellationToken cancel) =>
        await gate.FindAsync(request, cancel) is null
            ? Page.Of<SignInPage>()
            : Page.Of<OverviewPage>(new { Overview = await overview.ReadAsync(cancel) });
}
