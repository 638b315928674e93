using System.Text.Json;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Forum;

/// <summary>A member leaves the forum: nothing more is asked of the seat, and what it has not answered is annulled.</summary>
public sealed class LeaveForum(CurrentCycle cycles, StorageClients storage, Ledger ledger)
{
    /// <param name="reason">Public; who was asked reads it too.</param>
    /// <returns>Unknown also for a seat that was given up before.</returns>
    public async Task<Edited<ForumMember>> RunAsync(string? code, string? reason, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var text = PlainText.Text(reason);
        var stored = code is { Length: > 0 }
            ? await Document.FindAsync<ForumMember>(storage.Table(Tables.Forum), ForumStore.PartitionOf(cycle), ForumStore.RowPrefix + code, cancel) : null;
        Fault?[] faults =
        [
            code is { Length: > 0 } ? null : new Fault("member", "MemberMissing"),
            text.Length == 0 ? new Fault("reason", "ReasonMissing") : text.EnumerateRunes().Count() > RequestLimits.Reason ? new Fault("reason", "TooLong", RequestLimits.Reason) : null,
        ];
        if (faults.OfType<Fault>().ToList() is { Count: > 0 } wrong)
        {
            return new Edited<ForumMember>.Invalid(wrong);
        }
        if (stored is not { Record: var member })
        {
            return new Edited<ForumMember>.Unknown();
        }
        var committed = await ledger.CommitAsync(
            new Change(Tables.Forum, ForumStore.PartitionOf(cycle))
                .Delete(ForumStore.RowPrefix + member.Code, stored.ETag)
                .Record(OfficialEvent.Of("member-left", member.Code, new { member.Organization, member.Government, Reason = text }, by))
                .Then(AnnulUnanswered.EffectOf(cycle, member, text, by)),
            cancel);
        return committed == CommitResult.Committed ? new Edited<ForumMember>.Done(member) : new Edited<ForumMember>.Overtaken();
    }
}

/// <summary>What was asked of a member who left is annulled; what he answered stands.</summary>
public sealed class AnnulUnanswered(RequestStore requests, RequestKinds kinds, ActOnRequest acts, CurrentCycle cycles, TimeProvider clock) : IEffectHandler
{
    private const string EffectKind = "annul-unanswered";

    public string Kind => EffectKind;

    internal static Effect EffectOf(Cycle cycle, ForumMember member, string reason, string by) =>
        Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{member.Code}!{Guid.CreateVersion7():N}", new Left(cycle.Id, member.Code, reason, by));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var left = effect.Payload.Deserialize<Left>(Json.Options)!;
        var (cycle, now) = (await cycles.GetAsync(cancel), clock.GetCurrentInstant());
        var open = (await requests.ListAsync(left.Cycle, cancel)).Select(answered => answered.Request)
            .Where(request => kinds.Of(request).Asks == ForumMembers.Name && request.Institution == left.Member && request.Standing is null && RequestLife.Allows(request.PhaseAt(now, cycle), RequestAct.Annul));
        foreach (var request in open)
        {
            await acts.AnnulAsync(request.Id, left.Reason, left.By, null, cancel);
        }
        return EffectOutcome.Done;
    }

    private sealed record Left(string Cycle, string Member, string Reason, string By);
}
