using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <summary>A decision as staff ask for it, cleaned.</summary>
/// <param name="Institution">Whose answer it is about; null for a decision on the commitment.</param>
/// <param name="Nota">The id of the nota, and <paramref name="Answer"/> the fingerprint of the answer, that the member of staff looked at.</param>
/// <param name="Text">The new text of a revision.</param>
/// <param name="Due">Inclusive; of the nota that it sends.</param>
/// <param name="Seen">How many decisions the member of staff saw; null where none is claimed.</param>
public sealed record AskedDecision(
    DecisionKind Kind, string Reason, string? Institution = null, string? Nota = null, string? Answer = null, string? Text = null,
    string? Replacement = null, LocalDate? Due = null, int? Seen = null)
{
    public bool IsOnAnAnswer => Kind is not (DecisionKind.Revise or DecisionKind.Withdraw);

    public bool SendsANota => Kind is DecisionKind.AskAgain or DecisionKind.Replace;
}

public abstract record Deciding
{
    /// <summary>Also for the same decision sent again: it gets its first answer.</summary>
    public sealed record Done(CommitmentDecision Decision) : Deciding;

    public sealed record Unknown : Deciding;

    /// <summary>The answer was corrected, or somebody decided, since it was looked at: nothing was done.</summary>
    public sealed record Overtaken(CommitmentDecision? Last) : Deciding;

    public sealed record NotNow(CommitmentState State) : Deciding;

    /// <param name="Field">As in <see cref="AskedDecision"/>, in camel case.</param>
    /// <param name="Fault">Names a text.</param>
    public sealed record Invalid(string Field, string Fault) : Deciding;
}

/// <summary>
/// Records what ANTAI decides on a commitment, or on an institution's answer about it, with the nota that follows, in
/// one transaction.
/// </summary>
public sealed class DecideCommitment(
    ConsolidatedCommitments commitments, DispatchStore dispatches, NotaBookStore books, InstitutionStore institutions, RecentCommitments recent, CurrentCycle cycles,
    Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;

    /// <param name="by">The member of staff, for the record.</param>
    public async Task<Deciding> DecideAsync(string number, AskedDecision asked, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await TryAsync(cycle, number, asked, by, cancel) is { } outcome)
            {
                recent.Forget();
                return outcome;
            }
        }
        throw new InvalidOperationException("A commitment changed too often while it was decided on.");
    }

    /// <summary>Null where somebody else wrote meanwhile.</summary>
    private async Task<Deciding?> TryAsync(Cycle cycle, string number, AskedDecision asked, string by, CancellationToken cancel)
    {
        // Before what is judged by them: a change in between is a conflict.
        var stored = await dispatches.FindCaseAsync(cycle, number, cancel);
        var book = await books.FindAsync(cycle, cancel);
        if (await commitments.FindAsync(cycle, number, cancel) is not { } commitment)
        {
            return new Deciding.Unknown();
        }
        if (DecisionRules.SameAsBefore(commitment.Case, asked, by) is { } same)
        {
            return new Deciding.Done(same);
        }
        var now = clock.GetCurrentInstant();
        var known = (await institutions.ListAsync(cycle, cancel)).Select(institution => institution.Code).ToHashSet();
        if (DecisionRules.Refusal(commitment, asked, known, cycle.DateOf(now)) is { } refusal)
        {
            return refusal;
        }
        var decision = DecisionRules.Of(commitment, asked, now, by);
        var change = new Change(Tables.Requests, DispatchStore.PartitionOf(cycle));
        if (DecisionRules.FollowUpTo(decision) is { } to)
        {
            decision = await SendAsync(change, cycle, commitment.Case, decision, to, asked.Due!.Value, book, cancel);
        }
        var decided = commitment.Case with { Decisions = [.. commitment.Case.Decisions, decision] };
        change = (stored is null ? change.Add(DispatchStore.CaseRowOf(number), decided) : change.Replace(DispatchStore.CaseRowOf(number), decided, stored.ETag))
            .Record(EventOf(number, decision, asked.Due));
        return await ledger.CommitAsync(change, cancel) == CommitResult.Committed ? new Deciding.Done(decision) : null;
    }

    private async Task<CommitmentDecision> SendAsync(
        Change change, Cycle cycle, CommitmentCase commitment, CommitmentDecision decision, string to, LocalDate due, Stored<NotaBook>? book, CancellationToken cancel)
    {
        var numbering = book!.Record;
        var nota = DispatchedNota.Of(numbering.LastNumber + 1, cycle.DateOf(decision.At).Year, to, [DispatchRules.AskedOf(commitment)]);
        decision = decision with { FollowUp = nota.Id };
        var rounds = await dispatches.ListAsync(cycle, cancel);
        var round = DispatchRules.FollowUp(rounds, numbering, due, nota with { Cause = decision }, decision.At);
        // The book's ETag guards the round too: whoever adds to one has changed the book.
        change.Put(DispatchStore.RowOf(round.Round), round).Then(RoutedNota.Effect(cycle, round.Round, nota));
        NotaBookStore.Number(change, book, new NotaBook(nota.Order, Math.Max(numbering.LastRound, round.Round)));
        return decision;
    }

    private static OfficialEvent EventOf(string number, CommitmentDecision decision, LocalDate? due) => OfficialEvent.Of(
        "commitment-decided", number,
        new { decision.Kind, decision.Reason, decision.Institution, decision.Nota, AnswerSha256 = decision.Answer, decision.Text, decision.Replacement, decision.FollowUp, Due = due },
        decision.By);
}
