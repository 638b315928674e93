using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

public sealed class ShowStaffRequests(StaffGate gate, RequestDesk desk)
{
    [Function(nameof(ShowStaffRequests))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/requests")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<StaffRequestsPage>(new
        {
            Model = await desk.ReadAsync(cancel),
            Done = request.Query["sent"].Count > 0 ? "Sent" : request.Query["closed"].Count > 0 ? "Closed" : request.Query["early"].Count > 0 ? "TooEarly" : null,
        });
}

/// <summary>Ends a round: the offices that did not answer can do so no more.</summary>
public sealed class EndRound(StaffGate gate, CloseRound close)
{
    [Function(nameof(EndRound))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/requests")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireAsync(request, StaffRole.Organiser, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        if (!int.TryParse(form["close"], NumberStyles.None, CultureInfo.InvariantCulture, out var round))
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        var closed = await close.CloseAsync(ValidationKind.Name, round, admission.Actor, cancel);
        return Page.See(request.HttpContext.Response, closed is null ? "/staff/requests?early=1" : "/staff/requests?closed=1");
    }
}

public sealed class ShowStaffRequest(
    StaffGate gate, RequestStore store, RequestKinds kinds, RequestDesk desk, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ShowStaffRequest))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/requests/{id}")] HttpRequest request, string id, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var cycle = await cycles.GetAsync(cancel);
        if ((await store.FindAsync(cycle.Id, id, cancel))?.Record is not { } nota)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var versions = new List<RequestAnswer>();
        for (var version = nota.Prepared.Count; version > 0; version--)
        {
            versions.Add((await store.FindAnswerAsync(cycle.Id, id, version, cancel))!);
        }
        return Page.Of<StaffRequestPage>(new
        {
            Request = nota,
            Mail = await desk.MailOfAsync(nota, cancel),
            Kind = kinds.Of(nota),
            Cycle = cycle,
            Now = clock.GetCurrentInstant(),
            Versions = versions,
        });
    }
}
