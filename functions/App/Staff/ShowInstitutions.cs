using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

public sealed class ShowInstitutions(StaffGate gate, CurrentCycle cycles, InstitutionStore institutions)
{
    [Function(nameof(ShowInstitutions))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/institutions")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
        ?? Page.Of<InstitutionsPage>(new { Institutions = await institutions.ListAsync(await cycles.GetAsync(cancel), cancel) });
}
