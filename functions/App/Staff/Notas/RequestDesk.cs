using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>A nota as staff see it: also what is only prepared, and how its e-mail fared.</summary>
/// <param name="Mail">Null while its e-mail has not been begun.</param>
public sealed record DeskRequest(OfficialRequest Request, RequestAnswer? Standing, MailState? Mail);

/// <param name="Notas">Of all rounds, in the order of their numbers.</param>
/// <param name="OnTheirWay">Dispatched, and not routed yet.</param>
public sealed record RequestDeskModel(Cycle Cycle, Instant Now, IReadOnlyList<DeskRequest> Notas, IReadOnlyList<DispatchedNota> OnTheirWay);

public sealed class RequestDesk(RequestStore requests, DispatchStore dispatches, MailStore mails, CurrentCycle cycles, TimeProvider clock)
{
    private const int LookUpsAtOnce = 8;

    public async Task<RequestDeskModel> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var all = await requests.ListAsync(cycle.Id, cancel);
        var notas = new DeskRequest[all.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, all.Count), new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtOnce, CancellationToken = cancel }, async (index, stop) =>
        {
            notas[index] = new DeskRequest(all[index].Request, all[index].Answer, await MailOfAsync(all[index].Request, stop));
        });
        var routed = all.Select(answered => answered.Request.Id).ToHashSet();
        var onTheirWay = (await dispatches.ListAsync(cycle, cancel)).SelectMany(round => round.Notas).Where(nota => !routed.Contains(nota.Id));
        return new RequestDeskModel(cycle, clock.GetCurrentInstant(), notas, [.. onTheirWay]);
    }

    public async Task<MailState?> MailOfAsync(OfficialRequest request, CancellationToken cancel) =>
        (await mails.FindAsync(NotaMail.IdentityOf(request), cancel))?.Record.State;
}
