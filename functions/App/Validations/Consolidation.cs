using System.Security.Cryptography;
using System.Text.Json;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <summary>Where an institution stands on a commitment.</summary>
public enum Position
{
    NotAsked,
    Awaited,
    Approves,

    /// <summary>It said no, and ANTAI has not decided on it.</summary>
    Contests,

    /// <summary>It said no, and ANTAI upheld it.</summary>
    Refuses,

    /// <summary>Its round was closed without an answer.</summary>
    Silent,
}

/// <summary>One institution asked about one commitment by one nota.</summary>
/// <param name="Version">Of the commitment's text.</param>
/// <param name="FollowsDecision">It was sent by a decision and not with a round.</param>
/// <param name="Request">Null while the nota is on its way, or waits for a new holder.</param>
public sealed record Ask(string Commitment, string Institution, string Nota, int Version, bool FollowsDecision, AnsweredRequest? Request)
{
    public ItemAnswer? Answer => Request?.Answer?.Items.FirstOrDefault(item => item.Item == Commitment);

    /// <summary>In the order in which they were sent; what was annulled was never asked.</summary>
    public static ILookup<string, Ask> Of(IEnumerable<Dispatch> dispatches, IEnumerable<AnsweredRequest> requests)
    {
        var byId = requests.ToDictionary(answered => answered.Request.Id);
        return dispatches.SelectMany(dispatch => dispatch.Notas)
            .OrderBy(nota => nota.Order)
            .SelectMany(nota => nota.Asked.Select(asked => new Ask(
                asked.Number, nota.Institution, nota.Id, asked.Version, nota.Cause is not null, byId.GetValueOrDefault(nota.Id))))
            .Where(ask => ask.Request is not { Request.IsAnnulled: true })
            .ToLookup(ask => ask.Commitment);
    }
}

/// <param name="Ask">The last that counts; null where it was not asked about the present text.</param>
/// <param name="Decision">What was decided on its answer.</param>
public sealed record Participant(string Institution, bool IsLead, Position Position, Ask? Ask, CommitmentDecision? Decision)
{
    public bool HasDropped => !IsLead && Position is (Position.Refuses or Position.Silent);

    public ItemAnswer? Answer => Ask?.Answer;

    /// <summary>The fingerprint of its answer; null where there is none.</summary>
    public string? AnswerHash => Answer is null ? null : Consolidation.Fingerprint(Answer);
}

/// <param name="IsToBeAsked">Nobody was asked about the present text yet.</param>
public sealed record Standing(CommitmentState State, IReadOnlyList<Participant> Participants, bool IsToBeAsked);

/// <summary>
/// What the institutions' answers and ANTAI's decisions amount to. It is computed whenever it is looked at, so that it
/// is never older than they are. Silence never approves.
/// </summary>
public static class Consolidation
{
    /// <param name="asks">About this commitment, in the order in which they were sent.</param>
    public static Standing Of(CommitmentCase commitment, IEnumerable<Ask> asks)
    {
        var last = asks.Where(ask => ask.Version >= commitment.AskedFrom).GroupBy(ask => ask.Institution).ToDictionary(of => of.Key, of => of.Last());
        var participants = commitment.Roles.Select(role => ParticipantOf(role, commitment, last.GetValueOrDefault(role.Institution))).ToList();
        var isToBeAsked = participants.All(participant => participant.Position == Position.NotAsked);
        return new Standing(StateOf(commitment, participants, isToBeAsked), participants, isToBeAsked && !commitment.IsWithdrawn && commitment.Draft.Continued is null);
    }

    public static string Fingerprint(ItemAnswer answer) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(answer, Json.Options)));

    private static Participant ParticipantOf(CommitmentRole role, CommitmentCase commitment, Ask? ask)
    {
        var decision = ask is null ? null : commitment.DecisionOn(ask.Nota, ask.Answer is null ? null : Fingerprint(ask.Answer));
        return new Participant(role.Institution, role.IsLead, PositionOf(ask, decision), ask, decision);
    }

    private static Position PositionOf(Ask? ask, CommitmentDecision? decision) => ask switch
    {
        null => Position.NotAsked,
        { Request: null } => Position.Awaited,
        { Answer: null, Request.Request.ClosedAt: null } => Position.Awaited,
        { Answer: null } => Position.Silent,
        { Answer.Choice: ValidationKind.Approve } => Position.Approves,
        _ => decision?.Kind switch
        {
            DecisionKind.Accept => Position.Approves,
            DecisionKind.Uphold => Position.Refuses,
            // Asked again, and that nota was annulled: to be decided anew.
            _ => Position.Contests,
        },
    };

    private static CommitmentState StateOf(CommitmentCase commitment, List<Participant> participants, bool isToBeAsked) =>
        commitment.IsWithdrawn ? CommitmentState.Withdrawn
        : commitment.Draft.Continued is not null ? CommitmentState.Continued
        : isToBeAsked ? commitment.Decisions.Count > 0 ? CommitmentState.InReview : CommitmentState.Proposed
        : participants.Any(participant => participant.IsLead && participant.Position is (Position.Refuses or Position.Silent)) ? CommitmentState.Blocked
        : participants.Any(IsUnderReview) ? CommitmentState.InReview
        : participants.Any(participant => participant.Position == Position.Awaited) ? CommitmentState.Asked
        : CommitmentState.Validated;

    private static bool IsUnderReview(Participant participant) => participant.Position switch
    {
        Position.Contests or Position.NotAsked => true,
        Position.Awaited => participant.Ask!.FollowsDecision,
        _ => false,
    };
}
