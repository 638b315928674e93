using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>What became of an act of staff on a nota.</summary>
public abstract record Acting
{
    /// <summary>Also for the same act sent again: it gets its first answer.</summary>
    public sealed record Done(OfficialRequest Request) : Acting;
    public sealed record Unknown : Acting;

    /// <summary>It changed since <c>seen</c>: nothing was done.</summary>
    public sealed record Overtaken(OfficialRequest Request) : Acting;

    /// <summary>Its phase does not allow it.</summary>
    public sealed record NotNow(RequestPhase Phase) : Acting;

    /// <param name="Field">"due", "reason".</param>
    /// <param name="Fault">Names a text.</param>
    public sealed record Invalid(string Field, string Fault) : Acting;
}

/// <summary>What staff do to a nota: more time, another holder, an end. One of two at once wins; the other is told.</summary>
public sealed class ActOnRequest(
    RequestStore store, Addressees addressees, RecentRequests recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;

    /// <param name="due">Inclusive.</param>
    /// <param name="seen">The revision that the member of staff looked at; null where none is claimed.</param>
    public Task<Acting> ExtendAsync(string id, LocalDate due, string reason, string by, int? seen, CancellationToken cancel) =>
        ActAsync(id, RequestAct.Extend, reason, by, seen, (request, cycle, now) =>
            due <= request.Due ? new Acting.Invalid("due", "DueNotLater")
            : due < cycle.DateOf(now) ? new Acting.Invalid("due", "DuePassed")
            : null, (request, _, act) => RequestLife.Extend(request, due, act), cancel);

    public Task<Acting> AnnulAsync(string id, string reason, string by, int? seen, CancellationToken cancel) =>
        ActAsync(id, RequestAct.Annul, reason, by, seen, (_, _, _) => null, (request, _, act) => RequestLife.Annul(request, act), cancel);

    /// <summary>To the office as it is held now.</summary>
    /// <param name="due">Null for as many working days as it had at first.</param>
    public async Task<Acting> ReissueAsync(string id, LocalDate? due, string reason, string by, int? seen, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if ((await store.FindAsync(cycle.Id, id, cancel))?.Record is not { } known)
        {
            return new Acting.Unknown();
        }
        var to = await addressees.FindAsync(known, cycle, cancel) ?? new Addressee(known.Institution, known.InstitutionName, known.Office, known.SecretariatMailbox, known.Seat);
        return await ActAsync(id, RequestAct.Reissue, reason, by, seen,
            (request, _, now) =>
                due < request.Due ? new Acting.Invalid("due", "DueNotLater")
                : due < cycle.DateOf(now) ? new Acting.Invalid("due", "DuePassed")
                : null,
            (request, today, act) => RequestLife.Reissue(
                request, to, due ?? DueRules.ForReissue(request, cycle, today), act),
            cancel);
    }

    /// <summary>What a change of its office makes necessary, done by nobody of the staff.</summary>
    /// <returns>Whether something was.</returns>
    internal async Task<bool> FollowAsync(
        string id, Func<(OfficialRequest Request, RequestPhase Phase), RequestAct?> next, Addressee to, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if ((await store.FindAsync(cycle.Id, id, cancel))?.Record is not { } known
            || next((known, known.PhaseAt(clock.GetCurrentInstant(), cycle))) is not { } what)
        {
            return false;
        }
        return await ActAsync(id, what, null, null, null,
            // Another instance may have been faster.
            (request, _, now) => next((request, request.PhaseAt(now, cycle))) == what ? null : new Acting.Invalid("act", "Overtaken"),
            (request, today, act) => what switch
            {
                RequestAct.Send => RequestLife.Send(request, to, DueRules.ForReissue(request, cycle, today), act),
                RequestAct.Reissue => RequestLife.Reissue(request, to, DueRules.ForReissue(request, cycle, today), act),
                RequestAct.Readdress => RequestLife.Readdress(request, to, act),
                RequestAct.Hold => RequestLife.Hold(request, act),
                RequestAct.Release => RequestLife.Release(request, DueRules.AfterHold(request, cycle, today), act),
                _ => throw new InvalidOperationException($"{what} follows no office."),
            },
            cancel) is Acting.Done;
    }

    private async Task<Acting> ActAsync(
        string id, RequestAct what, string? reason, string? by, int? seen,
        Func<OfficialRequest, Cycle, Instant, Acting.Invalid?> fault, Func<OfficialRequest, LocalDate, RecordedAct, OfficialRequest> apply, CancellationToken cancel)
    {
        if (by is not null && FaultOfReason(reason) is { } unexplained)
        {
            return unexplained;
        }
        var cycle = await cycles.GetAsync(cancel);
        RecordedAct? tried = null;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await store.FindAsync(cycle.Id, id, cancel) is not { Record: var request } stored)
            {
                return new Acting.Unknown();
            }
            if (tried is not null && request.Acts.Any(act => act.At == tried.At && act.By == by && act.Act == what))
            {
                return new Acting.Done(request);
            }
            if (IsRepeated(request, what, reason, by, seen))
            {
                return new Acting.Done(request);
            }
            if (seen is { } revision && revision != request.Revision)
            {
                return new Acting.Overtaken(request);
            }
            var now = clock.GetCurrentInstant();
            if (request.PhaseAt(now, cycle) is var phase && !RequestLife.Allows(phase, what))
            {
                return new Acting.NotNow(phase);
            }
            if (fault(request, cycle, now) is { } invalid)
            {
                return invalid;
            }
            tried = new RecordedAct(what, now, by, reason?.Trim());
            var changed = apply(request, cycle.DateOf(now), tried);
            if (await ledger.CommitAsync(ChangeOf(stored, changed, cycle), cancel) == CommitResult.Committed)
            {
                recent.Forget();
                return new Acting.Done(changed);
            }
        }
        throw new InvalidOperationException("A request changed too often while staff acted on it.");
    }

    private static Change ChangeOf(Stored<OfficialRequest> before, OfficialRequest now, Cycle cycle)
    {
        var act = now.Acts[^1];
        var change = new Change(Tables.Requests, RequestStore.PartitionOf(now.Cycle, now.Id))
            .Replace(RequestStore.RowOf(now.Id), now, before.ETag)
            .Record(OfficialEvent.Of(
                EventOf(act.Act), now.Number, new { act.Reason, now.Due, DueBefore = act.DueBefore, Addressee = now.Office.Holder ?? now.Office.Title }, act.By));
        if (act.Act is RequestAct.Send or RequestAct.Reissue or RequestAct.Readdress)
        {
            change.Then(NotaMail.To(now.Office.Mailbox, now));
        }
        if ((act.Act is RequestAct.Extend or RequestAct.Annul || (act.Act is RequestAct.Release && act.DueBefore is not null)) && !before.Record.Waits)
        {
            change.Then(ChangedMail.Of(now, now.Office.Mailbox));
            if (now.Delegation is { } delegation)
            {
                change.Then(ChangedMail.Of(now, delegation.Mailbox));
            }
        }
        if (RequestNotices.Plan(now, cycle, act.At) is { Count: > 0 } notices && RequestNotices.VersionOf(now) != RequestNotices.VersionOf(before.Record) | act.Act == RequestAct.Send)
        {
            change.Then(PlanNotices.Of($"notices!{now.Cycle}!{now.Id}!{RequestNotices.VersionOf(now)}", notices));
        }
        return change;
    }

    private static string EventOf(RequestAct act) => act switch
    {
        RequestAct.Send => "request-sent",
        RequestAct.Extend => "request-extended",
        RequestAct.Reissue => "request-reissued",
        RequestAct.Readdress => "request-readdressed",
        RequestAct.Hold => "request-held",
        RequestAct.Release => "request-released",
        RequestAct.Annul => "request-annulled",
        _ => throw new InvalidOperationException($"{act} is no act of staff."),
    };

    /// <summary>The same button pressed twice: the revision it claims to have seen is the one before its own act.</summary>
    private static bool IsRepeated(OfficialRequest request, RequestAct what, string? reason, string? by, int? seen) =>
        seen == request.Revision - 1 && request.Acts is [.., var last] && last.Act == what && last.By == by && last.Reason == reason?.Trim();

    private static Acting.Invalid? FaultOfReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? new Acting.Invalid("reason", "ReasonMissing")
        : reason.EnumerateRunes().Count() > RequestLimits.Reason ? new Acting.Invalid("reason", "ReasonTooLong")
        : null;
}
