using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Moderation;
using OpenGov.Functions.Proposals.Similar;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

/// <param name="AsRead">The version of the row that is shown.</param>
/// <param name="Standing">Itself, or the one that stands for it.</param>
/// <param name="Absorbed">Those that were merged into it.</param>
public sealed record ProposalModel(
    Cycle Cycle, Proposal Proposal, string AsRead, Proposal Standing, IReadOnlyList<Proposal> Absorbed, IReadOnlyList<SimilarProposal> Similar, Channel? Channel)
{
    public ModerationRequest? Typed { get; init; }

    /// <summary>Names the text that says why nothing was done.</summary>
    public string? Refusal { get; init; }

    public bool ChangedMeanwhile { get; init; }

    public TypedAnswer? TypedAnswer { get; init; }

    public IReadOnlyList<Fault> AnswerFaults { get; init; } = [];

    public Theme? Theme { get; init; }
}

/// <summary>A response as typed.</summary>
public sealed record TypedAnswer(string Outcome, string Reasons);

public sealed class ProposalDesk(ProposalStore store, ProposalSnapshot snapshot, SimilarProposals similar, ChannelStore channels, ThemeStore themes, CurrentCycle cycles)
{
    private const int MostSimilar = 8;

    /// <summary>Null where there is none.</summary>
    public async Task<ProposalModel?> ModelAsync(string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return ProposalCode.Read(code) is { } known && await store.FindStoredAsync(cycle, known, cancel) is { } stored
            ? new ProposalModel(
                cycle, stored.Record, stored.ETag.ToString(), await MergeChain.EndAsync(stored.Record, other => store.FindAsync(cycle, other, cancel)),
                [.. (await snapshot.FindAllAsync(new ProposalFilter(Statuses.Merged), cancel)).Where(other => other.Merged?.Into == known)],
                await similar.FindAsync(stored.Record, MostSimilar, cancel), await channels.FindAsync(stored.Record.Via, cancel))
            {
                Theme = stored.Record.Theme is { } theme ? (await themes.FindAsync(cycle, theme, cancel))?.Record : null,
            }
            : null;
    }
}
