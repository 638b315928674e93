using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>A nota as staff see it: also what is only prepared, and how its e-mail fared.</summary>
/// <param name="Mail">Null while its e-mail has not been begun.</param>
public sealed record DeskRequest(OfficialRequest Request, RequestAnswer? Standing, Mail? Mail);

public sealed record NotaOnItsWay(string Id, string Institution, IReadOnlyList<string> Items)
{
    public string Number => NotaBook.NumberOf(Id);
}

/// <summary>The notas of one kind that went out together.</summary>
public sealed record NotaRound(RoundKey Key, IReadOnlyList<OfficialRequest> Notas)
{
    public LocalDate Due => Notas.Max(nota => nota.Due);

    /// <summary>Null while one of them is open.</summary>
    public Instant? ClosedAt => Notas.All(IsOver) ? Notas.Max(nota => nota.ClosedAt) : null;

    /// <summary>Those that closing it would close.</summary>
    public IReadOnlyList<OfficialRequest> Open => [.. Notas.Where(nota => !IsOver(nota))];

    /// <summary>Nobody has answered them.</summary>
    public IReadOnlyList<OfficialRequest> Silent => [.. Notas.Where(nota => nota is { Standing: null, IsAnnulled: false })];

    public bool CanBeClosed(Cycle cycle, Instant now) => Open is { Count: > 0 } open && open.All(nota => RequestLife.CanBeClosed(nota, cycle, now));

    private static bool IsOver(OfficialRequest nota) => nota.ClosedAt is not null || nota.IsAnnulled;
}

/// <param name="Notas">Of all rounds, in the order of their numbers.</param>
/// <param name="OnTheirWay">Dispatched, and not routed yet.</param>
public sealed record RequestDeskModel(Cycle Cycle, Instant Now, IReadOnlyList<DeskRequest> Notas, IReadOnlyList<NotaOnItsWay> OnTheirWay)
{
    /// <summary>What could be asked now, by kind.</summary>
    public IReadOnlyList<(IRequestKind Kind, int Offices)> ToBeSent { get; init; } = [];

    /// <summary>The latest first.</summary>
    public IReadOnlyList<NotaRound> Rounds { get; } =
    [
        .. Notas.GroupBy(nota => RoundKey.Of(nota.Request)).OrderByDescending(round => round.Max(nota => nota.Request.Id), StringComparer.Ordinal)
            .Select(round => new NotaRound(round.Key, [.. round.Select(nota => nota.Request)])),
    ];

    public bool IsIn(DeskRequest nota, NotaGroup group) =>
        group == NotaGroup.MailInTrouble ? nota.Mail is { NeedsStaff: true } : NotaGroups.Of(nota.Request, Cycle, Now).Contains(group);
}

/// <param name="Versions">Of its answer, the newest first.</param>
public sealed record NotaPageModel(
    OfficialRequest Request, Mail? Mail, IRequestKind Kind, Cycle Cycle, Instant Now, IReadOnlyList<RequestAnswer> Versions)
{
    /// <summary>What was just done.</summary>
    public string? Done { get; init; }

    public TypedAct? Typed { get; init; }

    public NotaActing? Outcome { get; init; }

    public RequestPhase Phase => Request.PhaseAt(Now, Cycle);
}

public sealed class RequestDesk(
    RequestStore requests, RequestKinds kinds, DispatchStore dispatches, PlannedRequests planned, OpenRequests open, MailStore mails, CurrentCycle cycles, TimeProvider clock)
{
    private const int LookUpsAtOnce = 8;

    public async Task<RequestDeskModel> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var all = (await requests.ListAsync(cycle.Id, cancel)).Where(answered => kinds.Of(answered.Request).IsNota).ToList();
        var notas = new DeskRequest[all.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, all.Count), new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtOnce, CancellationToken = cancel }, async (index, stop) =>
        {
            notas[index] = new DeskRequest(all[index].Request, all[index].Answer, await MailOfAsync(all[index].Request, stop));
        });
        var routed = all.Select(answered => answered.Request.Id).ToHashSet();
        var dispatched = (await dispatches.ListAsync(cycle, cancel)).SelectMany(round => round.Notas).Select(nota => new NotaOnItsWay(nota.Id, nota.Institution, nota.Commitments))
            .Concat((await planned.ListAsync(cycle, null, cancel)).Select(request => new NotaOnItsWay(request.Id, request.Institution, [.. request.Items.Select(item => item.Number)])));
        var toBeSent = new List<(IRequestKind, int)>();
        foreach (var kind in kinds.All.Where(kind => kind.IsNota).OrderBy(kind => cycle.Activity(kind.Activity).Number))
        {
            toBeSent.Add((kind, (await open.ToBeSentAsync(kind, cycle, cancel)).Count));
        }
        return new RequestDeskModel(cycle, clock.GetCurrentInstant(), notas, [.. dispatched.Where(nota => !routed.Contains(nota.Id)).OrderBy(nota => nota.Id, StringComparer.Ordinal)])
        {
            ToBeSent = [.. toBeSent.Where(one => one.Item2 > 0)],
        };
    }

    /// <summary>Null where there is no such nota.</summary>
    public async Task<NotaPageModel?> PageAsync(string id, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if ((await requests.FindAsync(cycle.Id, id, cancel))?.Record is not { } nota)
        {
            return null;
        }
        var versions = new List<RequestAnswer>();
        for (var version = nota.Prepared.Count; version > 0; version--)
        {
            versions.Add((await requests.FindAnswerAsync(cycle.Id, id, version, cancel))!);
        }
        return new NotaPageModel(nota, await MailOfAsync(nota, cancel), kinds.Of(nota), cycle, clock.GetCurrentInstant(), versions);
    }

    private async Task<Mail?> MailOfAsync(OfficialRequest request, CancellationToken cancel) =>
        (await mails.FindAsync(NotaMail.IdentityOf(request), cancel))?.Record;
}
