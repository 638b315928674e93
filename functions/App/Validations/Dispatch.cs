using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Validations;

/// <summary>One round of notas: what was asked, and of whom.</summary>
public sealed record Dispatch(int Round, LocalDate Due, IReadOnlyList<DispatchedNota> Notas, Instant At)
{
    /// <summary>Sent by decisions, one nota after the other.</summary>
    [JsonIgnore]
    public bool FollowsDecisions => Notas.All(nota => nota.Cause is not null);

    [JsonIgnore]
    public IReadOnlyList<string> Commitments => [.. Notas.SelectMany(nota => nota.Commitments).Distinct().Order(StringComparer.Ordinal)];

    public bool Asks(IEnumerable<AskedCommitment> commitments, LocalDate due) =>
        due == Due && !FollowsDecisions && Notas.SelectMany(nota => nota.Asked).ToHashSet().SetEquals(commitments);
}

/// <param name="Version">Of its text.</param>
public sealed record AskedCommitment(string Number, int Version);

/// <summary>One nota for an institution, with all its commitments of the round.</summary>
/// <param name="Order">Of all notas of the cycle, from 1 on.</param>
/// <param name="Cause">What decided that it is sent; null where it goes with its round.</param>
public sealed record DispatchedNota(string Id, int Order, string Number, string Institution, IReadOnlyList<AskedCommitment> Asked, CommitmentDecision? Cause = null)
{
    [JsonIgnore]
    public IReadOnlyList<string> Commitments => [.. Asked.Select(asked => asked.Number)];

    public static DispatchedNota Of(int order, int year, string institution, IReadOnlyList<AskedCommitment> asked)
    {
        var id = NotaBook.IdOf(order, year);
        return new DispatchedNota(id, order, NotaBook.NumberOf(id), institution, asked);
    }
}

public static class DispatchRules
{
    /// <summary>All that take part in the commitments, each with one nota, in the order of their codes.</summary>
    public static Dispatch Plan(IReadOnlyList<CommitmentCase> commitments, NotaBook book, LocalDate due, Instant now, int year)
    {
        var notas = commitments
            .SelectMany(commitment => commitment.Roles.Select(role => (role.Institution, Asked: AskedOf(commitment))))
            .GroupBy(pair => pair.Institution, pair => pair.Asked)
            .OrderBy(institution => institution.Key, StringComparer.Ordinal)
            .Select((institution, index) => DispatchedNota.Of(book.LastNumber + index + 1, year, institution.Key, [.. institution]))
            .ToList();
        return new Dispatch(book.LastRound + 1, due, notas, now);
    }

    /// <summary>
    /// The round that a decision's nota joins: one of the same due date in which its institution has no nota yet, so that
    /// staff close few rounds; else a new one.
    /// </summary>
    public static Dispatch FollowUp(IEnumerable<Dispatch> rounds, NotaBook book, LocalDate due, DispatchedNota nota, Instant now) =>
        rounds.LastOrDefault(round => round.FollowsDecisions && round.Due == due && round.Notas.All(known => known.Institution != nota.Institution)) is { } joined
            ? joined with { Notas = [.. joined.Notas, nota] }
            : new Dispatch(book.LastRound + 1, due, [nota], now);

    public static AskedCommitment AskedOf(CommitmentCase commitment) => new(commitment.Draft.Number, commitment.Current.Number);
}
