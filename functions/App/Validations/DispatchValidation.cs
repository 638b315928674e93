using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <summary>What became of a dispatch.</summary>
public abstract record Dispatching
{
    /// <summary>Also for the same dispatch sent again: it gets its first answer.</summary>
    public sealed record Dispatched(Dispatch Dispatch) : Dispatching;

    /// <param name="Code">"nothing-chosen", "due-passed", "unknown-commitment", "unknown-institution", "no-mailbox", "already-sent", "withdrawn", "continued", "too-many", "too-long".</param>
    /// <param name="Which">The numbers or codes at fault.</param>
    public sealed record Refused(string Code, params IReadOnlyList<string> Which) : Dispatching;
}

/// <summary>
/// Numbers the notas of a round and hands each to the queue: one nota for an institution, however many of the
/// commitments concern it.
/// </summary>
public sealed class DispatchValidation(
    DispatchStore dispatches, NotaBookStore books, ConsolidatedCommitments commitments, InstitutionStore institutions, RecentCommitments recent, CurrentCycle cycles,
    Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;

    // A transaction holds 100: beside these, the round, the book and the event.
    private const int MostRows = 97;

    // Characters: a nota's row holds the texts of all its commitments.
    private const int LongestNota = 400_000;

    /// <param name="due">Inclusive.</param>
    /// <param name="by">The member of staff, for the record.</param>
    public async Task<Dispatching> DispatchAsync(IReadOnlyList<string> numbers, LocalDate due, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var chosen = numbers.Select(number => number.Trim().ToUpperInvariant()).Where(number => number.Length > 0).Distinct().ToList();
        if (chosen.Count == 0)
        {
            return new Dispatching.Refused("nothing-chosen");
        }
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await TryAsync(cycle, chosen, due, by, cancel) is { } outcome)
            {
                recent.Forget();
                return outcome;
            }
        }
        throw new InvalidOperationException("The book of notas changed too often.");
    }

    /// <summary>Null where another dispatch took the numbers meanwhile.</summary>
    private async Task<Dispatching?> TryAsync(Cycle cycle, IReadOnlyList<string> chosen, LocalDate due, string by, CancellationToken cancel)
    {
        var book = await books.FindAsync(cycle, cancel);
        var rounds = await dispatches.ListAsync(cycle, cancel);
        var known = (await commitments.ListAsync(cycle, cancel)).ToDictionary(commitment => commitment.Number);
        if (chosen.Where(number => !known.ContainsKey(number)).ToList() is { Count: > 0 } unknown)
        {
            return new Dispatching.Refused("unknown-commitment", unknown);
        }
        var asked = chosen.Select(number => known[number]).ToList();
        if (asked.Where(commitment => !commitment.Standing.IsToBeAsked).Select(commitment => commitment.Number).ToList() is { Count: > 0 } sent)
        {
            return rounds.FirstOrDefault(round => round.Asks(asked.Select(commitment => DispatchRules.AskedOf(commitment.Case)), due)) is { } same
                ? new Dispatching.Dispatched(same)
                : asked.FirstOrDefault(commitment => commitment.Case.IsWithdrawn) is { } withdrawn ? new Dispatching.Refused("withdrawn", withdrawn.Number)
                : asked.FirstOrDefault(commitment => commitment.Case.Draft.Continued is not null) is { } continued ? new Dispatching.Refused("continued", continued.Number)
                : new Dispatching.Refused("already-sent", sent);
        }
        var offices = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code, institution => Authorities.Of(institution).CanBeReached);
        var concerned = asked.SelectMany(commitment => commitment.Case.Roles).Select(role => role.Institution).Distinct().ToList();
        if (concerned.Where(code => !offices.GetValueOrDefault(code)).ToList() is { Count: > 0 } missing)
        {
            return new Dispatching.Refused(missing.TrueForAll(offices.ContainsKey) ? "no-mailbox" : "unknown-institution", missing);
        }
        var now = clock.GetCurrentInstant();
        if (due < cycle.DateOf(now))
        {
            return new Dispatching.Refused("due-passed");
        }
        var numbering = book?.Record ?? NotaBook.Empty;
        var dispatch = DispatchRules.Plan([.. asked.Select(commitment => commitment.Case)], numbering, due, now, cycle.DateOf(now).Year);
        if (dispatch.Notas.Count + asked.Count > MostRows)
        {
            return new Dispatching.Refused("too-many");
        }
        var lengths = asked.ToDictionary(commitment => commitment.Number, commitment => commitment.Case.Current.Text.Length);
        if (dispatch.Notas.Where(nota => nota.Commitments.Sum(number => lengths[number]) > LongestNota).Select(nota => nota.Institution).ToList() is { Count: > 0 } tooLong)
        {
            return new Dispatching.Refused("too-long", tooLong);
        }
        var change = new Change(Tables.Requests, DispatchStore.PartitionOf(cycle))
            .Add(DispatchStore.RowOf(dispatch.Round), dispatch)
            .Record(OfficialEvent.Of(
                "validation-dispatched", $"{dispatch.Round}",
                new { dispatch.Due, Notas = dispatch.Notas.Select(nota => new { nota.Id, nota.Number, nota.Institution, nota.Commitments }) }, by))
            .Then(dispatch.Notas.Select(nota => RoutedNota.Effect(cycle, dispatch.Round, nota)));
        NotaBookStore.Number(change, book, new NotaBook(numbering.LastNumber + dispatch.Notas.Count, dispatch.Round));
        foreach (var commitment in asked.Where(commitment => !commitment.IsFrozen))
        {
            change.Add(DispatchStore.CaseRowOf(commitment.Number), commitment.Case);
        }
        return await ledger.CommitAsync(change, cancel) == CommitResult.Committed ? new Dispatching.Dispatched(dispatch) : null;
    }
}
