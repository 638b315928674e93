using NodaTime;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Development;

/// <summary>What staff kept of a commitment's development.</summary>
/// <param name="Sources">The answers that it rests on: "012-2019/2".</param>
/// <param name="ConfirmedAt">Null while it is not confirmed.</param>
public sealed record KeptDevelopment(string Number, CommitmentDevelopment Development, IReadOnlyList<string> Sources, Instant? ConfirmedAt);

/// <param name="Filled">What the liaisons filled in.</param>
/// <param name="Kept">What staff kept; null where they kept nothing yet.</param>
/// <param name="Sources">The liaisons' answers, as they stand.</param>
public sealed record DevelopedCommitment(ConsolidatedCommitment Commitment, CommitmentDevelopment Filled, KeptDevelopment? Kept, IReadOnlyList<string> Sources)
{
    public string Number => Commitment.Number;

    /// <summary>What counts: what staff kept, else what was filled in.</summary>
    public CommitmentDevelopment Now => Kept?.Development ?? Filled;

    public bool IsConfirmed => Kept?.ConfirmedAt is not null;

    /// <summary>A liaison answered after staff kept it.</summary>
    public bool HasNewer => Kept is not null && !Sources.All(Kept.Sources.Contains);
}

/// <summary>The commitments of the plan with all that was filled in of them.</summary>
public sealed class Developments(ConsolidatedCommitments commitments, RequestStore requests, StorageClients storage)
{
    private const string RowPrefix = "V!";

    /// <summary>By number.</summary>
    public async Task<IReadOnlyList<DevelopedCommitment>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var kept = (await Document.ReadAllAsync<KeptDevelopment>(storage.Table(Tables.Commitments), CommitmentStore.PartitionOf(cycle), RowPrefix, cancel)).ToDictionary(one => one.Number);
        var answered = (await requests.ListAsync(cycle.Id, cancel))
            .Where(nota => nota.Request is { Kind: DevelopmentKind.Name, IsAnnulled: false } && nota.Answer is not null)
            .SelectMany(nota => nota.Answer!.Items.Where(item => item.Texts.Count > 0).Select(item => (Item: item, nota.Request, Source: $"{nota.Request.Id}/{nota.Answer.Version}")))
            .ToLookup(one => one.Item.Item);
        return [.. (await commitments.ListAsync(cycle, cancel)).Where(commitment => commitment.IsOfPlan).Select(commitment => Of(commitment, answered[commitment.Number], kept.GetValueOrDefault(commitment.Number)))];
    }

    public async Task<DevelopedCommitment?> FindAsync(Cycle cycle, string number, CancellationToken cancel) =>
        (await ListAsync(cycle, cancel)).FirstOrDefault(commitment => commitment.Number == number);

    internal static string RowOf(string number) => RowPrefix + number;

    private static DevelopedCommitment Of(ConsolidatedCommitment commitment, IEnumerable<(ItemAnswer Item, OfficialRequest Request, string Source)> answered, KeptDevelopment? kept)
    {
        // Of each institution, its last nota.
        var last = answered.GroupBy(one => one.Request.Institution).Select(of => of.Last()).ToList();
        return new DevelopedCommitment(
            commitment, DevelopmentRules.Merge(last.Select(one => (one.Request.Institution, one.Request.Institution == commitment.Lead, one.Item))), kept,
            [.. last.Select(one => one.Source)]);
    }
}

/// <summary>The public pages' copy, a few seconds old.</summary>
public sealed class RecentDevelopments(Developments developments, CurrentCycle cycles)
{
    private readonly RecentByCycle<IReadOnlyList<DevelopedCommitment>> recent = new(cycles, developments.ListAsync);

    public ValueTask<IReadOnlyList<DevelopedCommitment>> GetAsync(Cycle cycle, CancellationToken cancel) => recent.GetAsync(cycle, cancel);

    public void Forget() => recent.Forget();
}
