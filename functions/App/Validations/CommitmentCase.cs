using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Commitments;

namespace OpenGov.Functions.Validations;

/// <summary>A commitment under validation: as it was first asked about, and what was decided on it since.</summary>
public sealed record CommitmentCase(CommitmentProposal Draft)
{
    public IReadOnlyList<CommitmentDecision> Decisions { get; init; } = [];

    /// <summary>Its texts, the first as drafted, the last in force.</summary>
    [JsonIgnore]
    public IReadOnlyList<CommitmentVersion> Versions =>
    [
        .. Decisions.Where(decision => decision.Text is not null)
            .Select((decision, index) => new CommitmentVersion(index + 2, decision.Text!, decision))
            .Prepend(new CommitmentVersion(1, Draft.Text, null)),
    ];

    [JsonIgnore]
    public CommitmentVersion Current => Versions[^1];

    /// <summary>The version since which answers count: a revised text is asked about anew, an accepted counterproposal is not.</summary>
    [JsonIgnore]
    public int AskedFrom => Versions.LastOrDefault(version => version.Decision?.Kind == DecisionKind.Revise)?.Number ?? 1;

    [JsonIgnore]
    public CommitmentDecision? LastDecision => Decisions is [.., var last] ? last : null;

    [JsonIgnore]
    public bool IsWithdrawn => Decisions.Any(decision => decision.Kind == DecisionKind.Withdraw);

    /// <summary>Who would carry it, the lead first; those that dropped out before the present text was asked about are gone.</summary>
    [JsonIgnore]
    public IReadOnlyList<CommitmentRole> Roles => Decisions.Aggregate(
        (IReadOnlyList<CommitmentRole>)[new(Draft.Lead, true), .. Draft.Supporting.Except([Draft.Lead]).Distinct().Select(code => new CommitmentRole(code, false))],
        (roles, decision) => decision.Kind switch
        {
            DecisionKind.Replace =>
            [
                .. roles.Where(role => role.Institution != decision.Replacement)
                    .Select(role => role.Institution == decision.Institution ? role with { Institution = decision.Replacement! } : role),
            ],
            DecisionKind.Revise => [.. roles.Where(role => role.IsLead || !decision.Without.Contains(role.Institution))],
            _ => roles,
        });

    /// <summary>What counts of what was decided on an answer: the last word.</summary>
    public CommitmentDecision? DecisionOn(string? nota, string? answer) =>
        Decisions.LastOrDefault(decision => decision.Nota == nota && decision.Answer == answer);
}

/// <param name="Institution">Its code.</param>
public sealed record CommitmentRole(string Institution, bool IsLead);

/// <param name="Number">From 1 on.</param>
/// <param name="Decision">What made it; null for the draft.</param>
public sealed record CommitmentVersion(int Number, string Text, CommitmentDecision? Decision);

public enum DecisionKind
{
    /// <summary>The counterproposal becomes the commitment's text.</summary>
    Accept,

    /// <summary>The answer does not do (an unrelated counterproposal), or none came: asked again, with a new due date.</summary>
    AskAgain,

    /// <summary>The no stands: a lead's blocks the commitment, a supporter's removes that supporter.</summary>
    Uphold,

    /// <summary>Another institution takes the role and gets a nota of its own.</summary>
    Replace,

    /// <summary>A new text, to be asked about in the next round.</summary>
    Revise,

    Withdraw,
}

/// <summary>What ANTAI decided, in public.</summary>
/// <param name="By">The member of staff, for the record.</param>
public sealed record CommitmentDecision(DecisionKind Kind, Instant At, string By, string Reason)
{
    /// <summary>The institution whose answer, or silence, it is about; null where it is about the commitment.</summary>
    public string? Institution { get; init; }

    /// <summary>The id of the nota that asked it.</summary>
    public string? Nota { get; init; }

    /// <summary>The fingerprint of the answer; null where there was none. A decision says nothing of an answer that was corrected since.</summary>
    public string? Answer { get; init; }

    /// <summary>The text in force from then on.</summary>
    public string? Text { get; init; }

    public string? Replacement { get; init; }

    /// <summary>The id of the nota that it sent.</summary>
    public string? FollowUp { get; init; }

    /// <summary>The supporters that had dropped out when the text was revised.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}
