using NodaTime.Extensions;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

/// <summary>Who can be asked, without those who have the same before them already.</summary>
public sealed class OpenRequests(RequestStore requests, PlannedRequests planned, TimeProvider clock)
{
    /// <summary>What was annulled, or whose round is over, may be asked again.</summary>
    public async Task<IReadOnlyList<PlannedRequest>> ListAsync(Cycle cycle, string kind, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var over = (await requests.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request)
            .Where(request => request.PhaseAt(now, cycle) is RequestPhase.Annulled or RequestPhase.Closed).Select(request => request.Id).ToHashSet();
        return [.. (await planned.ListAsync(cycle, kind, cancel)).Where(request => !over.Contains(request.Id))];
    }

    /// <summary>Also those whose office has no mailbox: they are to be shown, and cannot be sent.</summary>
    public async Task<IReadOnlyList<Inquiry>> ToBeSentAsync(IRequestKind kind, Cycle cycle, CancellationToken cancel) =>
        await kind.InquiriesAsync(cycle, cancel) is { Count: > 0 } possible ? Without(possible, await ListAsync(cycle, kind.Kind, cancel)) : [];

    public static IReadOnlyList<Inquiry> Without(IEnumerable<Inquiry> possible, IReadOnlyList<PlannedRequest> open)
    {
        var asked = open.SelectMany(request => request.Items.Select(item => (request.Institution, request.Seat, item.Number))).ToHashSet();
        return
        [
            .. possible
                .Select(inquiry => inquiry with { Items = [.. inquiry.Items.Where(item => !asked.Contains((inquiry.To.Institution, inquiry.To.Seat, item.Number)))] })
                .Where(inquiry => inquiry.Items.Count > 0),
        ];
    }
}
