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

    public string Lead => Case.Roles.Single(role => role.IsLead).Institution;

    /// <summary>Those that have not dropped out.</summary>
    public IReadOnlyList<string> Supporting =>
        [.. Standing.Participants.Where(participant => participant is { IsLead: false, HasDropped: false }).Select(participant => participant.Institution)];

    /// <summary>Answers on which nobody has decided yet.</summary>
    public IReadOnlyList<Participant> ToDecide => [.. Standing.Participants.Where(participant => participant.Position == Position.Contests)];
}

/// <summary>The commitments with all that institutions answered and ANTAI decided.</summary>
public sealed class ConsolidatedCommitments(CommitmentStore commitments, DispatchStore dispatches, RequestStore requests)
{
    /// <summary>By number.</summary>
    public async Task<IReadOnlyList<ConsolidatedCommitment>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var drafts = commitments.ListAsync(cycle, cancel);
        var cases = dispatches.ListCasesAsync(cycle, cancel);
        var rounds = dispatches.ListAsync(cycle, cancel);
        var notas = requests.ListAsync(cycle.Id, cancel);
        await Task.WhenAll(drafts, cases, rounds, notas);
        var asks = Ask.Of(await rounds, await notas);
        var byNumber = (await cases).ToDictionary(commitment => commitment.Draft.Number);
        return
        [
            .. (await drafts).Select(draft =>
            {
                var stored = byNumber.GetValueOrDefault(draft.Number);
                var commitment = stored ?? new CommitmentCase(draft);
                IReadOnlyList<Ask> about = [.. asks[draft.Number]];
                return new ConsolidatedCommitment(commitment, Consolidation.Of(commitment, about), about, draft, stored is not null);
            }),
        ];
    }

    public async Task<ConsolidatedCommitment?> FindAsync(Cycle cycle, string number, CancellationToken cancel) =>
        (await ListAsync(cycle, cancel)).FirstOrDefault(commitment => commitment.Number == number);
}

/// <summary>The public pages' copy.</summary>
public sealed class RecentCommitments(ConsolidatedCommitments commitments, CurrentCycle cycles)
{
    private readonly Recent<IReadOnlyList<ConsolidatedCommitment>> recent = new(async cancel =>
        await commitments.ListAsync(await cycles.GetAsync(cancel), cancel));

    public ValueTask<IReadOnlyList<ConsolidatedCommitment>> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    public void Forget() => recent.Forget();
}
