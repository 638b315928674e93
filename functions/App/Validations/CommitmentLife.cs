using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Validations;

/// <summary>What the public is told of a commitment.</summary>
public enum CommitmentState
{
    /// <summary>Drafted; nobody was asked yet.</summary>
    Proposed,
    Asked,

    /// <summary>Somebody said no, and that is not settled yet.</summary>
    InReview,

    /// <summary>Its lead refuses or was silent: no institution answers for it.</summary>
    Blocked,

    /// <summary>Its lead and all the supporters that remain approve.</summary>
    Validated,
    Withdrawn,

    /// <summary>Carried on from the plan before: no institution is asked again.</summary>
    Continued,
}

/// <summary>What moves a commitment: notas and answers, the close of a round, and ANTAI's decisions.</summary>
public enum CommitmentAct { Ask, Answer, CloseRound, AnnulNota, Accept, AskAgain, Uphold, Replace, Revise, Withdraw }

/// <summary>The life of a commitment under validation. Its state is computed by <see cref="Consolidation"/>; what is not in the table does not happen.</summary>
public static class CommitmentLife
{
    public static IReadOnlyList<Transition<CommitmentState, CommitmentAct>> Table { get; } =
    [
        .. From(CommitmentState.Proposed,
            (CommitmentAct.Ask, [CommitmentState.Asked]),
            (CommitmentAct.Revise, [CommitmentState.InReview]),
            (CommitmentAct.Withdraw, [CommitmentState.Withdrawn])),
        .. From(CommitmentState.Asked,
            (CommitmentAct.Answer, [CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Validated]),
            (CommitmentAct.CloseRound, [CommitmentState.Asked, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.AnnulNota, [CommitmentState.Proposed, CommitmentState.Asked, CommitmentState.InReview]),
            (CommitmentAct.Accept, [CommitmentState.Asked]),
            (CommitmentAct.AskAgain, [CommitmentState.InReview]),
            (CommitmentAct.Replace, [CommitmentState.InReview]),
            (CommitmentAct.Revise, [CommitmentState.InReview]),
            (CommitmentAct.Withdraw, [CommitmentState.Withdrawn])),
        .. From(CommitmentState.InReview,
            (CommitmentAct.Ask, [CommitmentState.Asked]),
            (CommitmentAct.Answer, [CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.CloseRound, [CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.AnnulNota, [CommitmentState.Proposed, CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.Accept, [CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Validated]),
            (CommitmentAct.AskAgain, [CommitmentState.InReview]),
            (CommitmentAct.Uphold, [CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.Replace, [CommitmentState.InReview]),
            (CommitmentAct.Revise, [CommitmentState.InReview]),
            (CommitmentAct.Withdraw, [CommitmentState.Withdrawn])),
        .. From(CommitmentState.Blocked,
            (CommitmentAct.Answer, [CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.CloseRound, [CommitmentState.Blocked]),
            (CommitmentAct.AnnulNota, [CommitmentState.InReview, CommitmentState.Blocked]),
            (CommitmentAct.Accept, [CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.AskAgain, [CommitmentState.InReview, CommitmentState.Blocked]),
            (CommitmentAct.Uphold, [CommitmentState.Blocked]),
            (CommitmentAct.Replace, [CommitmentState.InReview, CommitmentState.Blocked]),
            (CommitmentAct.Revise, [CommitmentState.InReview]),
            (CommitmentAct.Withdraw, [CommitmentState.Withdrawn])),
        .. From(CommitmentState.Validated,
            (CommitmentAct.Answer, [CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.CloseRound, [CommitmentState.Validated]),
            (CommitmentAct.AnnulNota, [CommitmentState.Proposed, CommitmentState.Asked, CommitmentState.InReview, CommitmentState.Blocked, CommitmentState.Validated]),
            (CommitmentAct.Accept, [CommitmentState.Validated]),
            (CommitmentAct.AskAgain, [CommitmentState.InReview]),
            (CommitmentAct.Replace, [CommitmentState.InReview]),
            (CommitmentAct.Revise, [CommitmentState.InReview]),
            (CommitmentAct.Withdraw, [CommitmentState.Withdrawn])),
        .. From(CommitmentState.Withdrawn,
            (CommitmentAct.Answer, [CommitmentState.Withdrawn]),
            (CommitmentAct.CloseRound, [CommitmentState.Withdrawn]),
            (CommitmentAct.AnnulNota, [CommitmentState.Withdrawn])),
    ];

    public static bool Allows(CommitmentState state, DecisionKind kind) => Table.Any(transition => transition.From == state && transition.Act == ActOf(kind));

    /// <summary>What can be decided on where an institution stands.</summary>
    public static IReadOnlyList<DecisionKind> DecisionsOn(Participant participant, CommitmentState state) =>
    [
        .. (participant switch
        {
            { Position: Position.Contests or Position.Refuses } => new[] { DecisionKind.Accept, DecisionKind.AskAgain, DecisionKind.Uphold, DecisionKind.Replace },
            { Position: Position.Silent } => [DecisionKind.AskAgain, DecisionKind.Replace],
            { Position: Position.NotAsked } when state is not CommitmentState.Proposed => [DecisionKind.AskAgain, DecisionKind.Replace],
            _ => [],
        }).Where(kind => Allows(state, kind)
            && (kind != DecisionKind.Accept || participant.Answer!.Choice == ValidationKind.NotViable)
            && (kind != DecisionKind.Uphold || participant.Position == Position.Contests)),
    ];

    private static IEnumerable<Transition<CommitmentState, CommitmentAct>> From(
        CommitmentState from, params (CommitmentAct Act, CommitmentState[] To)[] acts) =>
        acts.SelectMany(act => act.To.Select(to => new Transition<CommitmentState, CommitmentAct>(from, act.Act, to)));

    public static CommitmentAct ActOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Accept => CommitmentAct.Accept,
        DecisionKind.AskAgain => CommitmentAct.AskAgain,
        DecisionKind.Uphold => CommitmentAct.Uphold,
        DecisionKind.Replace => CommitmentAct.Replace,
        DecisionKind.Revise => CommitmentAct.Revise,
        _ => CommitmentAct.Withdraw,
    };
}
