using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <param name="Asks">Every nota that asked about it, in the order in which they were sent.</param>
/// <param name="Imported">The draft as it was last imported.</param>
/// <param name="IsFrozen">It was asked about or decided on: an import changes it no more.</param>
public sealed record ConsolidatedCommitment(CommitmentCase Case, Standing Standing, IReadOnlyList<Ask> Asks, CommitmentProposal Imported, bool IsFrozen)
{
    public string Number => Case.Draft.Number;

    /// <summary>It goes into the plan: validated, or carried on from the plan before.</summary>
    public bool IsOfPlan => Standing.State is CommitmentState.Validated or CommitmentState.Continued;

    public string Lead => Case.Roles.Single(role => role.IsLead).Institution;

    /// <summary>Those that have not dropped out.</summary>
    public IReadOnlyList<string> Supporting =>
        [.. Standing.Participants.Where(participant => participant is { IsLead: false, HasDropped: false }).Select(participant => participant.Institution)];

    /// <summary>Answers on which nobody has decided yet.</summary>
    public IReadOnlyList<Participant> ToDecide => [.. Standing.Participants.Where(participant => participant.Position == Position.Contests)];
}

/// <summary>Drafts, decisions and rounds, as they are stored.</summary>
internal sealed record CommitmentRecords(IReadOnlyList<CommitmentProposal> Drafts, IReadOnlyList<CommitmentCase> Cases, IReadOnlyList<Dispatch> Rounds)
{
    /// <summary>By number.</summary>
    public IReadOnlyList<ConsolidatedCommitment> With(IReadOnlyList<AnsweredRequest> notas)
    {
        var asks = Ask.Of(Rounds, notas);
        var byNumber = Cases.ToDictionary(commitment => commitment.Draft.Number);
        return
        [
            .. Drafts.Select(draft =>
            {
                var stored = byNumber.GetValueOrDefault(draft.Number);
                var commitment = stored ?? new CommitmentCase(draft);
                IReadOnlyList<Ask> about = [.. asks[draft.Number]];
                return new ConsolidatedCommitment(commitment, Consolidation.Of(commitment, about), about, draft, stored is not null);
            }),
        ];
    }
}

/// <summary>The commitments with all that institutions answered and ANTAI decided.</summary>
public sealed class ConsolidatedCommitments(CommitmentStore commitments, DispatchStore dispatches, RequestStore requests)
{
    /// <summary>By number.</summary>
    public async Task<IReadOnlyList<ConsolidatedCommitment>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var notas = requests.ListAsync(cycle.Id, cancel);
        return (await ReadAsync(cycle, cancel)).With(await notas);
    }

    public async Task<ConsolidatedCommitment?> FindAsync(Cycle cycle, string number, CancellationToken cancel) =>
        (await ListAsync(cycle, cancel)).FirstOrDefault(commitment => commitment.Number == number);

    internal async Task<CommitmentRecords> ReadAsync(Cycle cycle, CancellationToken cancel)
    {
        var drafts = commitments.ListAsync(cycle, cancel);
        var cases = dispatches.ListCasesAsync(cycle, cancel);
        var rounds = dispatches.ListAsync(cycle, cancel);
        return new CommitmentRecords(await drafts, await cases, await rounds);
    }
}

/// <summary>The public pages' copy, as old as that of the notas.</summary>
public sealed class RecentCommitments(ConsolidatedCommitments commitments, RecentRequests requests, CurrentCycle cycles)
{
    private readonly RecentByCycle<CommitmentRecords> recent = new(cycles, commitments.ReadAsync);
    private volatile Computed? computed;

    public async ValueTask<IReadOnlyList<ConsolidatedCommitment>> GetAsync(CancellationToken cancel) => await GetAsync(await cycles.GetAsync(cancel), cancel);

    public async ValueTask<IReadOnlyList<ConsolidatedCommitment>> GetAsync(Cycle cycle, CancellationToken cancel)
    {
        var (records, notas) = (await recent.GetAsync(cycle, cancel), await requests.GetAsync(cycle, cancel));
        if (computed is not { } known || !ReferenceEquals(known.Records, records) || !ReferenceEquals(known.Notas, notas))
        {
            computed = known = new Computed(records, notas, records.With(notas));
        }
        return known.Commitments;
    }

    public void Forget() => recent.Forget();

    private sealed record Computed(CommitmentRecords Records, IReadOnlyList<AnsweredRequest> Notas, IReadOnlyList<ConsolidatedCommitment> Commitments);
}
