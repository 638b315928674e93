using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Development;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Plans;

/// <summary>A numbered text of the plan: written once, never changed.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Hash">SHA-256 of what it says: its introduction and its commitments, in order.</param>
/// <param name="Amendment">What changed it after the delivery; null for a draft of the co-creation.</param>
public sealed record PlanVersion(int Number, string Introduction, IReadOnlyList<string> Commitments, string Hash, Instant At, string By, Amendment? Amendment = null)
{
    public const int IntroductionLength = 20_000;

    /// <summary>Null until the forum has approved it.</summary>
    public PlanApproval? Approval { get; init; }

    /// <summary>It was approved, or amends one that was.</summary>
    [JsonIgnore]
    public bool Stands => Approval is not null || Amendment is not null;

    public static string HashOf(string introduction, IReadOnlyList<PlanCommitment> commitments) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { introduction, commitments }, Json.Options)));
}

/// <summary>A commitment as it stands in one version of the plan.</summary>
/// <param name="Lead">By name, as <paramref name="Supporting"/>.</param>
public sealed record PlanCommitment(
    string Number, string Title, string Theme, string Text, string Lead, IReadOnlyList<string> Supporting, IReadOnlyList<string> Proposals,
    string? ContinuedFrom, CommitmentDevelopment Development)
{
    public static PlanCommitment Of(DevelopedCommitment developed, IReadOnlyDictionary<string, string> names)
    {
        var commitment = developed.Commitment;
        var draft = commitment.Case.Draft;
        string NameOf(string code) => names.GetValueOrDefault(code, code);
        return new PlanCommitment(
            commitment.Number, draft.Title, draft.Theme, commitment.Case.Current.Text, NameOf(commitment.Lead), [.. commitment.Supporting.Select(NameOf)], draft.Proposals,
            draft.Continued is { } continued ? $"{continued.Plan}, {continued.Number}" : null, developed.Now);
    }
}

/// <param name="Approve">Members who approved it, of <paramref name="Members"/>.</param>
/// <param name="Minutes">Where it is written down.</param>
public sealed record PlanApproval(int Approve, int Members, string Minutes, Instant At, string By);

/// <summary>A change of the plan after its delivery, while its window is open.</summary>
/// <param name="Commitment">Its number.</param>
/// <param name="AskedBy">Who asked for it.</param>
/// <param name="ApprovedBy">Who approved it, and where that is written down.</param>
/// <param name="After">Null where the commitment is taken out.</param>
public sealed record Amendment(string Commitment, string Reason, string AskedBy, string ApprovedBy, string Before, string? After)
{
    /// <summary>AGA's receipt of the amended plan; null until it was sent again.</summary>
    public Receipt? Resubmitted { get; init; }
}

/// <param name="Reference">What AGA answered: a number, an address, the words of a mail.</param>
public sealed record Receipt(LocalDate On, string Reference, Instant RecordedAt, string By);

/// <summary>The delivery to AGA (activity 14).</summary>
/// <param name="Translation">Where the English translation can be read; null while there is none.</param>
public sealed record Delivery(int Version, Receipt Receipt, string? Translation)
{
    /// <summary>When everybody who took part was told that the plan is out; null before.</summary>
    public Instant? AnnouncedAt { get; init; }
}

/// <summary>How a date of delivery stands to OGP's limits.</summary>
public enum DeliveryStanding
{
    InTime,

    /// <summary>Late: the implementation ends on the same day.</summary>
    Late,

    /// <summary>In another year than the plan begins.</summary>
    ContraryToProcess,
}

/// <summary>Who approves the plan, and when.</summary>
public static class PlanRules
{
    /// <summary>More than half of the members, whether they answer or not.</summary>
    public static int Quorum(int members) => (members / 2) + 1;

    /// <summary>So many ask for changes that the version can no longer be approved.</summary>
    public static bool IsOutOfReach(int members, int changes) => members - changes < Quorum(members);

    public static DeliveryStanding StandingOf(LocalDate day, Cycles.PlanDates dates) =>
        day <= dates.Due ? DeliveryStanding.InTime : day < dates.ContraryFrom ? DeliveryStanding.Late : DeliveryStanding.ContraryToProcess;

    /// <summary>What one version says other than another, by commitment; a commitment that is only in one of them has null on the other side.</summary>
    public static IReadOnlyList<PlanChange> Compare(IReadOnlyList<PlanCommitment> before, IReadOnlyList<PlanCommitment> after) =>
    [
        .. before.Select(one => one.Number).Union(after.Select(one => one.Number)).Order(StringComparer.Ordinal)
            .Select(number => new PlanChange(number, before.FirstOrDefault(one => one.Number == number), after.FirstOrDefault(one => one.Number == number)))
            .Where(change => change.Before is null || change.After is null || change.Fields.Count > 0),
    ];
}

public sealed record PlanChange(string Number, PlanCommitment? Before, PlanCommitment? After)
{
    /// <summary>What differs, by the names of its parts, as text before and after.</summary>
    public IReadOnlyList<(string Part, string Before, string After)> Fields =>
        Before is null || After is null ? [] :
        [
            .. Parts(Before).Zip(Parts(After)).Where(pair => pair.First.Text != pair.Second.Text).Select(pair => (pair.First.Part, pair.First.Text, pair.Second.Text)),
        ];

    private static IEnumerable<(string Part, string Text)> Parts(PlanCommitment commitment) =>
    [
        ("title", commitment.Title), ("theme", commitment.Theme), ("text", commitment.Text), ("lead", commitment.Lead), ("supporting", string.Join(", ", commitment.Supporting)),
        .. DevelopmentFields.All.Select(name => (name, commitment.Development[name])),
        ("starts", $"{commitment.Development.Starts}"), ("ends", $"{commitment.Development.Ends}"),
        ("milestones", string.Join('\n', commitment.Development.Milestones.Select(milestone => $"{milestone.Text} · {milestone.Deliverable} · {milestone.Starts} – {milestone.Ends} · {milestone.Office}, {milestone.Institution}"))),
    ];
}
