using Microsoft.Azure.Functions.Worker;
using NodaTime;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Staff.Notas;

public sealed class ReadStaffRequests(StaffGate gate, RequestDesk desk)
{
    [Function(nameof(ReadStaffRequests))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/staff/requests")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var model = await desk.ReadAsync(cancel);
        return Results.Json(
            new
            {
                Items = model.Notas.Select(nota => View(nota, model)),
                OnTheirWay = model.OnTheirWay.Select(nota => new { nota.Id, nota.Number, nota.Institution, nota.Items }),
            },
            Json.Options);
    }

    private static object View(DeskRequest nota, RequestDeskModel model)
    {
        var request = nota.Request;
        OffsetDateTime Local(Instant at) => at.InZone(model.Cycle.Zone).ToOffsetDateTime();
        return new
        {
            request.Id,
            request.Number,
            request.Kind,
            request.Round,
            request.Institution,
            Mailbox = request.Office.Mailbox,
            SentAt = Local(request.SentAt),
            request.Due,
            State = request.StateAt(model.Now, model.Cycle),
            Phase = request.PhaseAt(model.Now, model.Cycle),
            request.Revision,
            Late = request.IsLateAt(model.Now, model.Cycle),
            Mail = nota.Mail?.State,
            Versions = request.Prepared.Count,
            WaitsForCode = request.Draft is not null,
            Confirmations = request.Confirmations.Select(confirmation => new { confirmation.Version, At = Local(confirmation.At), confirmation.Late, confirmation.Hash }),
            ClosedAt = request.ClosedAt is { } closed ? Local(closed) : (OffsetDateTime?)null,
            Items = request.Items.Select(item => new { item.Number, item.Title }),
            Answer = nota.Standing,
        };
    }
}
