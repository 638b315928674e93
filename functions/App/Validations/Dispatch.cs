using NodaTime;
using OpenGov.Functions.Commitments;

namespace OpenGov.Functions.Validations;

/// <summary>One round of notas: which commitments were asked about, and of whom.</summary>
public sealed record Dispatch(int Round, LocalDate Due, IReadOnlyList<string> Commitments, IReadOnlyList<DispatchedNota> Notas, Instant At)
{
    public bool Asks(IEnumerable<string> commitments, LocalDate due) => due == Due && Commitments.ToHashSet().SetEquals(commitments);
}

/// <summary>One nota for an institution, with all its commitments of the round.</summary>
public sealed record DispatchedNota(string Id, string Number, string Institution, IReadOnlyList<string> Commitments);

/// <summary>The numbering of a cycle's notas.</summary>
public sealed record NotaBook(int LastNumber, int LastRound);

public static class DispatchRules
{
    /// <summary>Lead and supporting institutions of the commitments, each with one nota, in the order of their codes.</summary>
    public static Dispatch Plan(IReadOnlyList<CommitmentProposal> commitments, NotaBook book, LocalDate due, Instant now, int year)
    {
        var notas = commitments
            .SelectMany(commitment => commitment.Supporting.Prepend(commitment.Lead).Distinct().Select(institution => (institution, commitment.Number)))
            .GroupBy(pair => pair.institution, pair => pair.Number)
            .OrderBy(institution => institution.Key, StringComparer.Ordinal)
            .Select((institution, index) => Nota(book.LastNumber + index + 1, year, institution.Key, [.. institution]))
            .ToList();
        return new Dispatch(book.LastRound + 1, due, [.. commitments.Select(commitment => commitment.Number)], notas, now);
    }

    private static DispatchedNota Nota(int number, int year, string institution, IReadOnlyList<string> commitments)
    {
        var id = $"{number:D3}-{year}";
        return new DispatchedNota(id, $"Nota N.º {id}", institution, commitments);
    }
}
