using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>What everyone may see of a proposal: never an address or a telephone, a name only if its author chose so.</summary>
public sealed record ProposalView(
    string Code, string Status, string Title, string Problem, string? Proposal, string? Institution, string? Territory, string Channel,
    string? Author, OffsetDateTime ReceivedAt, bool AfterClose, string Url)
{
    public static ProposalView Of(Proposal proposal, Cycle cycle, Site site) => new(
        proposal.Code, proposal.Status, proposal.Content.Title, proposal.Content.Problem, proposal.Content.Idea, proposal.Content.Institution,
        proposal.Content.Territory, proposal.Content.Channel, proposal.Content.Author.PublicName ? proposal.Content.Author.Name : null,
        WholeSeconds(proposal.ReceivedAt, cycle), proposal.AfterClose, site.Address($"/proposals/{proposal.Code}"));

    internal static OffsetDateTime WholeSeconds(Instant moment, Cycle cycle) =>
        Instant.FromUnixTimeSeconds(moment.ToUnixTimeSeconds()).InZone(cycle.Zone).ToOffsetDateTime();
}
