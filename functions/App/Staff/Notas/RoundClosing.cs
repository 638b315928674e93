using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Staff.Notas;

/// <param name="Before">As it stands.</param>
/// <param name="After">As it would stand once the round is closed.</param>
public sealed record CommitmentChange(ConsolidatedCommitment Before, ConsolidatedCommitment After)
{
    /// <summary>The institutions whose silence would count from then on.</summary>
    public IReadOnlyList<Participant> FallSilent =>
        [.. After.Standing.Participants.Zip(Before.Standing.Participants).Where(pair => pair.First.Position == Position.Silent && pair.Second.Position != Position.Silent).Select(pair => pair.First)];
}

/// <summary>What follows if the round is closed now.</summary>
/// <param name="Commitments">Those that would stand otherwise than they do.</param>
public sealed record RoundClosing(Cycle Cycle, Instant Now, NotaRound Round, IRequestKind Kind, IReadOnlyList<CommitmentChange> Commitments)
{
    public bool CanBeClosed => Round.CanBeClosed(Cycle, Now);

    /// <summary>Open ones that nobody has answered.</summary>
    public IReadOnlyList<OfficialRequest> Silent => [.. Round.Open.Where(nota => nota.Standing is null)];

    public int Answered => Round.Notas.Count(nota => nota is { IsAnnulled: false, Standing: not null });

    /// <param name="notas">All of the cycle.</param>
    internal static RoundClosing Of(Cycle cycle, Instant now, NotaRound round, IRequestKind kind, CommitmentRecords records, IReadOnlyList<AnsweredRequest> notas)
    {
        var open = round.Open.Select(nota => nota.Id).ToHashSet();
        var closed = notas.Select(nota => open.Contains(nota.Request.Id) ? nota with { Request = RequestLife.Close(nota.Request, now) } : nota).ToList();
        return new RoundClosing(
            cycle, now, round, kind,
            [.. records.With(notas).Zip(records.With(closed), (before, after) => new CommitmentChange(before, after)).Where(change => change.FallSilent.Count > 0)]);
    }
}

public sealed class RoundClosingDesk(RequestStore requests, RequestKinds kinds, ConsolidatedCommitments commitments, CurrentCycle cycles, TimeProvider clock)
{
    /// <summary>Null where there is no such round.</summary>
    public async Task<RoundClosing?> FindAsync(RoundKey key, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var all = await requests.ListAsync(cycle.Id, cancel);
        var notas = all.Select(answered => answered.Request).Where(request => RoundKey.Of(request) == key && kinds.Of(request).IsNota).ToList();
        return notas.Count == 0 ? null
            : RoundClosing.Of(cycle, clock.GetCurrentInstant(), new NotaRound(key, notas), kinds.Of(notas[0]), await commitments.ReadAsync(cycle, cancel), all);
    }
}
