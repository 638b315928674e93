using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Staff.Offices;

/// <summary>A change as typed.</summary>
public sealed record TypedChange(string Act, string? Title, string? Name, bool Acting, string? Mailbox, string? Secretariat, string? From, string? Seen);

/// <param name="Open">Its notas that are neither annulled nor closed.</param>
public sealed record OfficePageModel(Institution Institution, IReadOnlyList<OfficialRequest> Open, LocalDate Today)
{
    public TypedChange? Typed { get; init; }

    public OfficeChanging? Outcome { get; init; }

    public bool IsDone { get; init; }
}

public sealed class OfficeDesk(InstitutionStore institutions, RequestStore requests, ChangeOffice change, CurrentCycle cycles, TimeProvider clock)
{
    public async Task<IReadOnlyList<OfficePageModel>> ListAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var open = (await requests.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request)
            .Where(request => request.PhaseAt(now, cycle) is not (RequestPhase.Annulled or RequestPhase.Closed))
            .ToLookup(request => request.Institution);
        return [.. (await institutions.ListAsync(cycle, cancel)).Select(institution => new OfficePageModel(institution, [.. open[institution.Code]], cycle.DateOf(now)))];
    }

    public async Task<OfficePageModel?> FindAsync(string code, CancellationToken cancel) =>
        (await ListAsync(cancel)).FirstOrDefault(office => office.Institution.Code == code);

    public Task<OfficeChanging>? ChangeAsync(string code, TypedChange typed, string by, CancellationToken cancel) => typed.Act switch
    {
        "announce" => change.AnnounceAsync(
            code, NodaTime.Text.LocalDatePattern.Iso.Parse(typed.From?.Trim() ?? "") is { Success: true, Value: var from } ? from : null, typed.Name, typed.Seen, by, cancel),
        "withdraw" => change.WithdrawAsync(code, typed.Seen, by, cancel),
        "holder" => change.SucceedAsync(code, typed.Title, typed.Name, typed.Acting, typed.Mailbox, typed.Seen, by, cancel),
        "mailbox" => change.ReaddressAsync(code, typed.Mailbox, typed.Secretariat, typed.Seen, by, cancel),
        _ => null,
    };
}
