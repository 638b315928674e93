using OpenGov.Functions.Emails;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals;

/// <summary>What accepting a proposal writes, however it came: its row, the event, and the receipt where there is an address.</summary>
internal static class ProposalReceived
{
    /// <param name="actor">The member of staff who typed it in; null where its author sent it.</param>
    public static Change Receive(this Change change, Proposal proposal, string? actor)
    {
        change
            .Add(ProposalStore.RowOf(proposal.Code), proposal)
            .Record(OfficialEvent.Of(
                "proposal-received", proposal.Code,
                new
                {
                    proposal.Content.Territory,
                    proposal.Content.Channel,
                    proposal.AfterClose,
                    proposal.Via,
                    CollectedOn = proposal.Paper?.CollectedOn,
                    EnteredAfterClose = proposal.Paper?.EnteredAfterClose,
                },
                actor));
        return proposal.Content.Author.Email is { } address
            ? change.Then(MailEffect.Send($"receipt!{proposal.Code}", ProposalReceipt.TemplateName, address, proposal.Language, ProposalReceipt.Model.Of(proposal)))
            : change;
    }
}
