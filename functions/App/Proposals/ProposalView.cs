using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>
/// What everyone may see of a proposal: never an address or a telephone, a name only if its author chose so, and
/// nothing of its author's words once it is hidden.
/// </summary>
/// <param name="CollectedOn">The day on which its paper form was handed in; null where it was sent.</param>
/// <param name="EnteredAfterClose">Its form came in time and was typed in after the close; null where it was sent.</param>
/// <param name="MergedInto">The code of the proposal that stands for it.</param>
public sealed record ProposalView(
    string Code, string Status, string? Title, string? Problem, string? Proposal, string? Institution, string? Territory, string Channel,
    string? Author, OffsetDateTime ReceivedAt, bool AfterClose, string Url, string? MergedInto, string? Reason,
    string? Theme, ResponseView? Response, LocalDate? CollectedOn, bool? EnteredAfterClose)
{
    /// <param name="mergedInto">Where the chain of mergings ends.</param>
    public static ProposalView Of(Proposal proposal, Cycle cycle, Site site, string? mergedInto = null)
    {
        var shown = proposal.Hidden is null ? proposal.Content : null;
        return new ProposalView(
            proposal.Code, proposal.PublicStatus, shown?.Title, shown?.Problem, shown?.Idea, shown?.Institution, shown?.Territory, proposal.Content.Channel,
            shown is { Author.PublicName: true } ? shown.Author.Name : null,
            WholeSeconds(proposal.ReceivedAt, cycle), proposal.AfterClose, AddressOf(proposal.Code, site),
            proposal.Merged is null || mergedInto == proposal.Code ? null : mergedInto ?? proposal.Merged.Into, proposal.Hidden?.Reason ?? proposal.Merged?.Reason,
            proposal.Theme, proposal is { Hidden: null, Response: { } response } ? new ResponseView(response.Outcome, response.Reasons, response.At.InZone(cycle.Zone).Date) : null,
            proposal.Paper?.CollectedOn, proposal.Paper?.EnteredAfterClose);
    }

    public static string AddressOf(string code, Site site) => site.Address($"/proposals/{code}");

    internal static OffsetDateTime WholeSeconds(Instant moment, Cycle cycle) =>
        Instant.FromUnixTimeSeconds(moment.ToUnixTimeSeconds()).InZone(cycle.Zone).ToOffsetDateTime();
}

/// <param name="On">The day on which it was answered.</param>
public sealed record ResponseView(string Outcome, string Reasons, LocalDate On);
