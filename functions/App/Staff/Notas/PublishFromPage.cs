using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Validations.Publication;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>Presents what was validated since the last time.</summary>
public sealed class PublishFromPage(StaffGate gate, PublishCommitments publish)
{
    [Function(nameof(PublishFromPage))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/present-commitments")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        return Page.See(request.HttpContext.Response, $"/staff/commitments?presented={await publish.RunAsync(admission.Actor, cancel)}");
    }
}
