using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals.Moderation;

/// <summary>What became of what a member of staff wanted.</summary>
public abstract record Moderated
{
    public sealed record Done(Proposal Proposal) : Moderated;

    public sealed record NotFound : Moderated;

    /// <summary>Somebody else changed it since it was shown.</summary>
    public sealed record ChangedMeanwhile : Moderated;

    /// <param name="Text">Names the text that says why.</param>
    public sealed record Refused(string Text) : Moderated;
}

/// <summary>Hides, shows, merges and separates proposals, and tells their authors.</summary>
public sealed class ModerateProposal(ProposalStore store, ProposalSnapshot snapshot, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    public async Task<Moderated> RunAsync(string code, ModerationRequest request, string actor, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (ProposalCode.Read(code) is not { } known || await store.FindStoredAsync(cycle, known, cancel) is not { } stored)
        {
            return new Moderated.NotFound();
        }
        if (stored.ETag.ToString() != request.AsRead)
        {
            return new Moderated.ChangedMeanwhile();
        }
        var reason = request.Reason?.ReplaceLineEndings("\n").Trim() ?? "";
        if (reason.Length == 0 || !ProposalRules.HasAtMost(reason, ProposalSteps.ReasonLength))
        {
            return new Moderated.Refused(reason.Length == 0 ? "ReasonMissing" : "ReasonTooLong");
        }
        var other = await OtherAsync(cycle, stored.Record, request, cancel);
        if (other is not null && request.Action == ModerationAction.Merge && other.Code == stored.Record.Code && ProposalCode.Read(request.Into) != stored.Record.Code)
        {
            return new Moderated.Refused("MergeRing");
        }
        var (after, refusal) = ProposalSteps.Take(stored.Record, request.Action, reason, actor, clock.GetCurrentInstant(), other);
        if (after is null)
        {
            return new Moderated.Refused(refusal!);
        }
        return await CommitAsync(cycle, stored, after, other, cancel) switch
        {
            false => new Moderated.ChangedMeanwhile(),
            _ when request.Action == ModerationAction.Merge && await MakesRingAsync(cycle, after, cancel) => await UndoAsync(cycle, after.Code, actor, cancel),
            _ => new Moderated.Done(after),
        };
    }

    /// <summary>The proposal that stands at the end of what was named, for a merging; the other half, for its undoing.</summary>
    private async Task<Proposal?> OtherAsync(Cycle cycle, Proposal proposal, ModerationRequest request, CancellationToken cancel)
    {
        var code = request.Action switch
        {
            ModerationAction.Merge => ProposalCode.Read(request.Into),
            ModerationAction.Unmerge => proposal.Merged?.Into,
            _ => null,
        };
        var named = code is null ? null : await store.FindAsync(cycle, code, cancel);
        return named is null || request.Action == ModerationAction.Unmerge ? named : await EndAsync(cycle, named, cancel);
    }

    private Task<Proposal> EndAsync(Cycle cycle, Proposal from, CancellationToken cancel) => MergeChain.EndAsync(from, code => store.FindAsync(cycle, code, cancel));

    private async Task<bool> CommitAsync(Cycle cycle, Stored<Proposal> before, Proposal after, Proposal? other, CancellationToken cancel)
    {
        var step = after.Steps[^1];
        var change = new Change(Tables.Proposals, ProposalStore.PartitionOf(cycle, after.Code))
            .Replace(ProposalStore.RowOf(after.Code), after, before.ETag)
            .Record(OfficialEvent.Of($"proposal-{step.What}", after.Code, new { step.Other, step.Reason }, step.Actor))
            .Then(ProposalNews.Of(after, other));
        if (await ledger.CommitAsync(change, cancel) == CommitResult.Conflict && !await StandsAsync(cycle, after.Code, step, cancel))
        {
            return false;
        }
        snapshot.Include(after);
        return true;
    }

    /// <summary>After a lost answer the row is as this commit made it.</summary>
    private async Task<bool> StandsAsync(Cycle cycle, string code, ProposalStep step, CancellationToken cancel) =>
        await store.FindAsync(cycle, code, cancel) is { Steps: [.., var last] } && last == step;

    /// <summary>Two proposals in two partitions may be merged into each other in one moment: whoever sees the ring opens it.</summary>
    private async Task<bool> MakesRingAsync(Cycle cycle, Proposal after, CancellationToken cancel) =>
        (await EndAsync(cycle, after, cancel)).Merged is not null;

    private async Task<Moderated> UndoAsync(Cycle cycle, string code, string actor, CancellationToken cancel)
    {
        if (await store.FindStoredAsync(cycle, code, cancel) is { Record.Merged: not null } stored)
        {
            var (after, _) = ProposalSteps.Take(stored.Record, ModerationAction.Unmerge, stored.Record.Merged.Reason, actor, clock.GetCurrentInstant());
            await CommitAsync(cycle, stored, after!, await store.FindAsync(cycle, stored.Record.Merged.Into, cancel), cancel);
        }
        return new Moderated.ChangedMeanwhile();
    }
}
