using NodaTime;

namespace OpenGov.Functions.Validations;

/// <summary>Which decision can be taken, and what it records.</summary>
public static class DecisionRules
{
    /// <summary>In Unicode code points.</summary>
    public const int ReasonLength = 2000;

    /// <summary>The last decision on the same matter, where it says the same.</summary>
    public static CommitmentDecision? SameAsBefore(CommitmentCase commitment, AskedDecision asked, string by)
    {
        var last = asked.IsOnAnAnswer ? commitment.DecisionOn(asked.Nota, asked.Answer) : commitment.LastDecision;
        return last is not null && (last.Kind, last.By, last.Reason, last.Institution, last.Replacement) == (asked.Kind, by, asked.Reason, asked.Institution, asked.Replacement)
            && (asked.Kind != DecisionKind.Revise || last.Text == asked.Text)
            ? last
            : null;
    }

    /// <param name="institutions">The codes of those that are known.</param>
    public static Deciding? Refusal(ConsolidatedCommitment commitment, AskedDecision asked, IReadOnlySet<string> institutions, LocalDate today)
    {
        var last = commitment.Case.LastDecision;
        if (asked.Seen is { } seen && seen != commitment.Case.Decisions.Count)
        {
            return new Deciding.Overtaken(last);
        }
        if (!CommitmentLife.Allows(commitment.Standing.State, asked.Kind))
        {
            return new Deciding.NotNow(commitment.Standing.State);
        }
        return asked.IsOnAnAnswer ? RefusalOnAnswer(commitment, asked, institutions, today) : RefusalOnCommitment(commitment, asked);
    }

    public static CommitmentDecision Of(ConsolidatedCommitment commitment, AskedDecision asked, Instant now, string by) => new(asked.Kind, now, by, asked.Reason)
    {
        Institution = asked.IsOnAnAnswer ? asked.Institution : null,
        Nota = asked.IsOnAnAnswer ? asked.Nota : null,
        Answer = asked.IsOnAnAnswer ? asked.Answer : null,
        Text = asked.Kind switch
        {
            DecisionKind.Revise => asked.Text,
            DecisionKind.Accept => ParticipantOf(commitment, asked)!.Answer!.Texts[ValidationKind.Counterproposal],
            _ => null,
        },
        Replacement = asked.Kind == DecisionKind.Replace ? asked.Replacement : null,
        Without = asked.Kind == DecisionKind.Revise
            ? [.. commitment.Standing.Participants.Where(participant => participant.HasDropped).Select(participant => participant.Institution)]
            : [],
    };

    /// <summary>The institution that <paramref name="decision"/> sends a nota to, or null.</summary>
    public static string? FollowUpTo(CommitmentDecision decision) => decision.Kind switch
    {
        DecisionKind.AskAgain => decision.Institution,
        DecisionKind.Replace => decision.Replacement,
        _ => null,
    };

    private static Deciding? RefusalOnAnswer(ConsolidatedCommitment commitment, AskedDecision asked, IReadOnlySet<string> institutions, LocalDate today)
    {
        if (ParticipantOf(commitment, asked) is not { } participant)
        {
            return new Deciding.Overtaken(commitment.Case.LastDecision);
        }
        return !CommitmentLife.DecisionsOn(participant, commitment.Standing.State).Contains(asked.Kind) ? new Deciding.NotNow(commitment.Standing.State)
            // What is accepted speaks for itself.
            : asked.Kind != DecisionKind.Accept && FaultOfReason(asked) is { } reason ? reason
            : asked.Kind == DecisionKind.Replace && FaultOfReplacement(commitment, participant, asked.Replacement, institutions) is { } replacement ? replacement
            : asked.SendsANota && FaultOfDue(asked.Due, today) is { } due ? due
            : null;
    }

    private static Deciding.Invalid? RefusalOnCommitment(ConsolidatedCommitment commitment, AskedDecision asked) =>
        asked.Kind == DecisionKind.Revise && FaultOfText(commitment.Case, asked.Text) is { } text ? text : FaultOfReason(asked);

    /// <summary>Null where the answer is not what staff looked at any more.</summary>
    private static Participant? ParticipantOf(ConsolidatedCommitment commitment, AskedDecision asked) => commitment.Standing.Participants.FirstOrDefault(
        participant => participant.Institution == asked.Institution && participant.Ask?.Nota == asked.Nota && participant.AnswerHash == asked.Answer);

    private static Deciding.Invalid? FaultOfReason(AskedDecision asked) =>
        asked.Reason.Length == 0 ? new("reason", "ReasonMissing") : IsLongerThan(asked.Reason, ReasonLength) ? new("reason", "ReasonTooLong") : null;

    private static Deciding.Invalid? FaultOfText(CommitmentCase commitment, string? text) =>
        string.IsNullOrEmpty(text) ? new("text", "TextMissing")
        : IsLongerThan(text, ValidationKind.CounterproposalLength) ? new("text", "TextTooLong")
        : text == commitment.Current.Text ? new("text", "TextSame")
        : null;

    private static Deciding.Invalid? FaultOfDue(LocalDate? due, LocalDate today) =>
        due is null ? new("due", "DueMissing") : due < today ? new("due", "DuePassed") : null;

    private static Deciding.Invalid? FaultOfReplacement(ConsolidatedCommitment commitment, Participant replaced, string? replacement, IReadOnlySet<string> institutions) =>
        string.IsNullOrEmpty(replacement) ? new("replacement", "ReplacementMissing")
        : !institutions.Contains(replacement) ? new("replacement", "ReplacementUnknown")
        // A supporter may become the lead.
        : commitment.Case.Roles.Any(role => role.Institution == replacement && (role.IsLead || !replaced.IsLead)) ? new("replacement", "ReplacementTakesPart")
        : null;

    private static bool IsLongerThan(string text, int limit) => text.EnumerateRunes().Count() > limit;
}
