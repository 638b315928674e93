using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Plans;

/// <summary>Makes versions of the plan from the commitments as they stand, records the forum's approval, the delivery and amendments.</summary>
public sealed class DraftPlan(
    PlanStore store, PlanVotes votes, Developments developments, InstitutionStore institutions, RecentPlan recent, CurrentCycle cycles, Editing editing, Ledger ledger, TimeProvider clock)
{
    private const int LineLength = 300;
    private const int ReasonLength = 4000;

    // A transaction holds 100: beside these, the version and the event.
    private const int MostCommitments = 95;

    /// <summary>The next version, of all the commitments of the plan. One that says nothing new is not made.</summary>
    public async Task<Edited<PlanVersion>> DraftAsync(string? introduction, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var text = PlainText.Text(introduction);
        var names = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code, institution => institution.Name);
        var commitments = (await developments.ListAsync(cycle, cancel)).Select(one => PlanCommitment.Of(one, names)).ToList();
        var versions = await store.ListAsync(cycle, cancel);
        Fault?[] faults =
        [
            text.Length == 0 ? new Fault("introduction", "IntroductionMissing") : Long("introduction", text, PlanVersion.IntroductionLength),
            commitments.Count == 0 ? new Fault("introduction", "NoCommitments") : commitments.Count > MostCommitments ? new Fault("introduction", "TooManyCommitments", MostCommitments) : null,
            (await store.FindDeliveryAsync(cycle, cancel)) is not null ? new Fault("introduction", "AlreadyDelivered") : null,
        ];
        if (faults.OfType<Fault>().ToList() is { Count: > 0 } wrong)
        {
            return new Edited<PlanVersion>.Invalid(wrong);
        }
        var version = new PlanVersion(versions.Count + 1, text, [.. commitments.Select(one => one.Number)], PlanVersion.HashOf(text, commitments), clock.GetCurrentInstant(), by);
        return versions is [.., var last] && last.Hash == version.Hash ? new Edited<PlanVersion>.Done(last)
            : await CommitAsync(cycle, version, commitments, OfficialEvent.Of("plan-drafted", $"{version.Number}", new { version.Hash, version.Commitments }, by), cancel);
    }

    /// <summary>The forum's approval, once more than half of its members have given theirs.</summary>
    public async Task<Edited<PlanVersion>> ApproveAsync(int number, string? minutes, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var line = PlainText.Line(minutes);
        var tally = await votes.TallyAsync(cycle, number, cancel);
        var last = (await store.ListAsync(cycle, cancel)).Count;
        var edited = await editing.RunAsync<PlanVersion>(
            new RowPlace(Tables.Plans, PlanStore.PartitionOf(cycle), PlanStore.RowOf(number)), seen,
            version => [.. new[]
            {
                line.Length == 0 ? new Fault("minutes", "MinutesMissing") : Long("minutes", line, LineLength),
                version.Number != last ? new Fault("minutes", "NotTheLast") : null,
                tally.Members == 0 ? new Fault("minutes", "NoMembers") : !tally.HasQuorum ? new Fault("minutes", "NoQuorum", tally.Approve, tally.Quorum, tally.Members) : null,
            }.OfType<Fault>()],
            version => version.Approval is { } known && known.Minutes == line ? version : version with { Approval = new PlanApproval(tally.Approve, tally.Members, line, clock.GetCurrentInstant(), by) },
            (change, _, after) => change.Record(OfficialEvent.Of("plan-approved", $"{number}", new { after.Approval!.Approve, after.Approval.Members, after.Approval.Minutes, after.Hash }, by)), cancel);
        recent.Forget();
        return edited;
    }

    /// <summary>The approved plan was sent to AGA, which received it.</summary>
    public async Task<Edited<Delivery>> DeliverAsync(string? on, string? reference, string? translation, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var (receipt, link) = (PlainText.Line(reference), PlainText.Line(translation));
        var day = DevelopmentRules.Date(on?.Trim() ?? "");
        var approved = (await store.ListAsync(cycle, cancel)).LastOrDefault(version => version.Approval is not null);
        Fault?[] faults =
        [
            approved is null ? new Fault("on", "NotApproved") : day is null ? new Fault("on", "DateMissing") : day > cycle.DateOf(now) ? new Fault("on", "InFuture") : day < cycle.DateOf(approved.Approval!.At) ? new Fault("on", "BeforeApproval") : null,
            receipt.Length == 0 ? new Fault("reference", "ReferenceMissing") : Long("reference", receipt, LineLength),
            link.Length > 0 && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http") ? new Fault("translation", "LinkMalformed") : null,
        ];
        if (faults.OfType<Fault>().ToList() is { Count: > 0 } wrong)
        {
            return new Edited<Delivery>.Invalid(wrong);
        }
        var stored = await store.FindDeliveryAsync(cycle, cancel);
        var delivery = new Delivery(approved!.Number, new Receipt(day!.Value, receipt, now, by), link.Length > 0 ? link : null) { AnnouncedAt = stored?.Record.AnnouncedAt };
        if (stored?.Record is { } known && (known.Version, known.Receipt.On, known.Receipt.Reference, known.Translation) == (delivery.Version, delivery.Receipt.On, delivery.Receipt.Reference, delivery.Translation))
        {
            return new Edited<Delivery>.Done(known);
        }
        var change = new Change(Tables.Plans, PlanStore.PartitionOf(cycle))
            .Record(OfficialEvent.Of("plan-delivered", $"{delivery.Version}", new { delivery.Receipt.On, delivery.Receipt.Reference, delivery.Translation, approved.Hash, Corrects = stored is not null }, by));
        change = stored is null ? change.Add(PlanStore.DeliveryRow, delivery) : change.Replace(PlanStore.DeliveryRow, delivery, stored.ETag);
        var committed = await ledger.CommitAsync(change, cancel);
        recent.Forget();
        return committed == CommitResult.Committed ? new Edited<Delivery>.Done(delivery) : new Edited<Delivery>.Overtaken();
    }

    /// <summary>Tells everybody who took part that the plan is out; once.</summary>
    public async Task<bool> AnnounceAsync(string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (await store.FindDeliveryAsync(cycle, cancel) is not { } stored)
        {
            return false;
        }
        if (stored.Record.AnnouncedAt is not null)
        {
            return true;
        }
        var change = new Change(Tables.Plans, PlanStore.PartitionOf(cycle))
            .Replace(PlanStore.DeliveryRow, stored.Record with { AnnouncedAt = clock.GetCurrentInstant() }, stored.ETag)
            .Record(OfficialEvent.Of("plan-launched", $"{stored.Record.Version}", new { stored.Record.Version }, by))
            .Then(TellEverybody.EffectOf(cycle));
        await ledger.CommitAsync(change, cancel);
        recent.Forget();
        return true;
    }

    /// <summary>The next version, with one commitment changed or taken out.</summary>
    public async Task<Edited<PlanVersion>> AmendAsync(Amendment typed, int? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var versions = await store.ListAsync(cycle, cancel);
        var standing = versions.LastOrDefault(version => version.Stands);
        var text = standing is null ? null : await store.FindAsync(cycle, standing.Number, cancel);
        var commitment = text?.Commitments.FirstOrDefault(one => one.Number == typed.Commitment);
        var amendment = typed with
        {
            Reason = PlainText.Text(typed.Reason),
            AskedBy = PlainText.Line(typed.AskedBy),
            ApprovedBy = PlainText.Line(typed.ApprovedBy),
            Before = commitment?.Text ?? "",
            After = typed.After is { } after ? PlainText.Text(after) : null,
        };
        if (versions is [.., { Amendment: { } last }] && last with { Before = "", Resubmitted = null } == amendment with { Before = "" })
        {
            return new Edited<PlanVersion>.Done(versions[^1]);
        }
        if (await FaultsAsync(amendment, commitment, cycle, now, cancel) is { Count: > 0 } faults)
        {
            return new Edited<PlanVersion>.Invalid(faults);
        }
        if (seen is { } number && number != versions.Count)
        {
            return new Edited<PlanVersion>.Overtaken();
        }
        IReadOnlyList<PlanCommitment> commitments =
            [.. text!.Commitments.Where(one => one != commitment || amendment.After is not null).Select(one => one == commitment ? one with { Text = amendment.After! } : one)];
        var version = new PlanVersion(
            versions.Count + 1, text.Version.Introduction, [.. commitments.Select(one => one.Number)], PlanVersion.HashOf(text.Version.Introduction, commitments), now, by, amendment);
        return await CommitAsync(
            cycle, version, commitments,
            OfficialEvent.Of("plan-amended", $"{version.Number}", new { amendment.Commitment, amendment.Reason, amendment.AskedBy, amendment.ApprovedBy, amendment.Before, amendment.After, version.Hash }, by), cancel);
    }

    /// <summary>AGA received the amended plan.</summary>
    public async Task<Edited<PlanVersion>> ResubmitAsync(int number, string? on, string? reference, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var (day, line) = (DevelopmentRules.Date(on?.Trim() ?? ""), PlainText.Line(reference));
        var edited = await editing.RunAsync<PlanVersion>(
            new RowPlace(Tables.Plans, PlanStore.PartitionOf(cycle), PlanStore.RowOf(number)), seen,
            version => [.. new[]
            {
                version.Amendment is null ? new Fault("on", "NoAmendment") : day is null ? new Fault("on", "DateMissing") : day > cycle.DateOf(now) ? new Fault("on", "InFuture")
                    : day < cycle.DateOf(version.At) ? new Fault("on", "BeforeAmendment") : null,
                line.Length == 0 ? new Fault("reference", "ReferenceMissing") : Long("reference", line, LineLength),
            }.OfType<Fault>()],
            version => version.Amendment!.Resubmitted is { } known && (known.On, known.Reference) == (day!.Value, line) ? version
                : version with { Amendment = version.Amendment with { Resubmitted = new Receipt(day!.Value, line, now, by) } },
            (change, _, after) => change.Record(OfficialEvent.Of("plan-resubmitted", $"{number}", new { after.Amendment!.Resubmitted!.On, after.Amendment.Resubmitted.Reference }, by)), cancel);
        recent.Forget();
        return edited;
    }

    private async Task<IReadOnlyList<Fault>> FaultsAsync(Amendment amendment, PlanCommitment? commitment, Cycle cycle, Instant now, CancellationToken cancel) =>
    [
        .. new[]
        {
            await store.FindDeliveryAsync(cycle, cancel) is null ? new Fault("commitment", "NotDelivered")
                : cycle.Plan is { } dates && cycle.DateOf(now) > dates.AmendmentsUntil ? new Fault("commitment", "WindowOver", DateWords.Day(dates.AmendmentsUntil))
                : commitment is null ? new Fault("commitment", "CommitmentMissing") : null,
            amendment.Reason.Length == 0 ? new Fault("reason", "ReasonMissing") : Long("reason", amendment.Reason, ReasonLength),
            amendment.AskedBy.Length == 0 ? new Fault("askedBy", "AskedByMissing") : Long("askedBy", amendment.AskedBy, LineLength),
            amendment.ApprovedBy.Length == 0 ? new Fault("approvedBy", "ApprovedByMissing") : Long("approvedBy", amendment.ApprovedBy, LineLength),
            amendment.After is null ? null : amendment.After.Length == 0 ? new Fault("after", "TextMissing") : amendment.After == commitment?.Text ? new Fault("after", "NothingChanged") : Long("after", amendment.After, Commitments.CommitmentProposal.TextLength),
        }.OfType<Fault>(),
    ];

    private async Task<Edited<PlanVersion>> CommitAsync(Cycle cycle, PlanVersion version, IReadOnlyList<PlanCommitment> commitments, OfficialEvent @event, CancellationToken cancel)
    {
        var change = new Change(Tables.Plans, PlanStore.PartitionOf(cycle)).Add(PlanStore.RowOf(version.Number), version).Record(@event);
        foreach (var commitment in commitments)
        {
            change.Add(PlanStore.CommitmentRowOf(version.Number, commitment.Number), commitment);
        }
        var committed = await ledger.CommitAsync(change, cancel);
        recent.Forget();
        return committed == CommitResult.Committed ? new Edited<PlanVersion>.Done(version)
            : await store.FindAsync(cycle, version.Number, cancel) is { } there && there.Version.Hash == version.Hash ? new Edited<PlanVersion>.Done(there.Version)
            : new Edited<PlanVersion>.Overtaken();
    }

    private static Fault? Long(string name, string text, int most) => text.EnumerateRunes().Count() > most ? new Fault(name, "TooLong", most) : null;
}
