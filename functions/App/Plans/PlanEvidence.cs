using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Validations.Publication;

namespace OpenGov.Functions.Plans;

/// <summary>The call, what was carried on and presented, and the plan's own versions, delivery and launch.</summary>
public sealed class PlanEvidence(
    PlanStore plans, ProposalStore proposals, ConsolidatedCommitments commitments, PublicationStore published, IStringLocalizer<PlanTexts> texts) : IActivityEvidence
{
    public async Task<IReadOnlyList<Evidence>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var received = (await proposals.ListAsync(cycle, cancel)).Count;
        var continued = (await commitments.ListAsync(cycle, cancel)).Count(one => one.Standing.State == CommitmentState.Continued);
        var presented = await published.ListAsync(cycle, cancel);
        var delivery = (await plans.FindDeliveryAsync(cycle, cancel))?.Record;
        return
        [
            .. received == 0 ? Array.Empty<Evidence>() : [new Evidence(ActivityKeys.Call, texts["EvidenceCall", received], cycle.Call.Closes, "/proposals")],
            .. continued == 0 ? Array.Empty<Evidence>() : [new Evidence(ActivityKeys.Continued, texts["EvidenceContinued", continued], null, "/commitments?state=Continued")],
            .. presented.Count == 0 ? Array.Empty<Evidence>() : [new Evidence(ActivityKeys.Presented, texts["EvidencePresented", presented.Count], cycle.DateOf(presented.Max(one => one.At)), "/commitments")],
            .. (await plans.ListAsync(cycle, cancel)).Select(version => new Evidence(
                version.Amendment is null ? ActivityKeys.PlanApproval : ActivityKeys.Delivery, texts["VersionTitle", version.Number], cycle.DateOf(version.At), PlanAddress.Version(cycle, version.Number))),
            .. delivery is null ? Array.Empty<Evidence>() : [new Evidence(ActivityKeys.Delivery, texts["EvidenceDelivered", delivery.Receipt.Reference], delivery.Receipt.On, PlanAddress.Of(cycle))],
            .. delivery?.AnnouncedAt is { } told ? [new Evidence(ActivityKeys.Launch, texts["EvidenceLaunched"], cycle.DateOf(told), PlanAddress.Of(cycle))] : Array.Empty<Evidence>(),
        ];
    }
}
