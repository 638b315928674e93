using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;

namespace OpenGov.Functions.Proposals.Responses;

/// <summary>Authors who wait for their response, where its date or the themes' moved.</summary>
public sealed class ProposalAudience(ProposalStore store) : IAudience
{
    public async Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, Rebaselining change, CancellationToken cancel) =>
        change.Moved.All(moved => moved.Key is not (ActivityKeys.Themes or ActivityKeys.Responses)) ? [] :
        [
            .. new AllProposals(await store.ListAsync(cycle, cancel)).Unanswered
                .Where(proposal => proposal.Content.Author.Email is not null)
                .Select(proposal => new Reader(proposal.Content.Author.Email!, proposal.Language)),
        ];
}
