using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;

namespace OpenGov.Functions.Requests;

/// <summary>How far a nota got.</summary>
public enum RequestPhase
{
    /// <summary>It goes out when the announced holder is known.</summary>
    Waiting,
    Sent,
    /// <summary>An answer waits for the office's code.</summary>
    Prepared,
    /// <summary>Its date has passed without an answer.</summary>
    Silent,
    Answered,
    /// <summary>One answer stands, and another waits for the office's code.</summary>
    Correcting,
    /// <summary>A change of holder is announced: its time stands still.</summary>
    Held,
    Annulled,
    /// <summary>Its round is over.</summary>
    Closed,
}

/// <summary>What can happen to a nota.</summary>
public enum RequestAct { Send, Prepare, Confirm, RecordPaper, PassDue, Extend, Reissue, Readdress, Hold, Release, Delegate, Annul, Close }

public sealed record Transition<TPhase, TAct>(TPhase From, TAct Act, TPhase To);

/// <summary>
/// The life of a nota: which act leads from where to where, and what each changes. What is not in the table does not
/// happen; the picture of it is drawn from the table. Where the kind does not bind, an answer is prepared and confirmed at once.
/// </summary>
public static class RequestLife
{
    public static IReadOnlyList<Transition<RequestPhase, RequestAct>> Table { get; } =
    [
        .. From(RequestPhase.Waiting, (RequestAct.Send, RequestPhase.Sent), (RequestAct.Annul, RequestPhase.Annulled)),
        .. From(RequestPhase.Sent,
            (RequestAct.Prepare, RequestPhase.Prepared), (RequestAct.RecordPaper, RequestPhase.Answered), (RequestAct.PassDue, RequestPhase.Silent),
            (RequestAct.Extend, RequestPhase.Sent), (RequestAct.Reissue, RequestPhase.Sent), (RequestAct.Readdress, RequestPhase.Sent),
            (RequestAct.Hold, RequestPhase.Held), (RequestAct.Delegate, RequestPhase.Sent), (RequestAct.Annul, RequestPhase.Annulled)),
        .. From(RequestPhase.Prepared,
            (RequestAct.Prepare, RequestPhase.Prepared), (RequestAct.Confirm, RequestPhase.Answered), (RequestAct.RecordPaper, RequestPhase.Correcting),
            (RequestAct.PassDue, RequestPhase.Prepared), (RequestAct.Extend, RequestPhase.Prepared), (RequestAct.Reissue, RequestPhase.Sent),
            (RequestAct.Readdress, RequestPhase.Sent), (RequestAct.Readdress, RequestPhase.Silent), (RequestAct.Hold, RequestPhase.Held),
            (RequestAct.Delegate, RequestPhase.Prepared), (RequestAct.Annul, RequestPhase.Annulled), (RequestAct.Close, RequestPhase.Closed)),
        .. From(RequestPhase.Silent,
            (RequestAct.Prepare, RequestPhase.Prepared), (RequestAct.RecordPaper, RequestPhase.Answered), (RequestAct.Extend, RequestPhase.Sent),
            (RequestAct.Reissue, RequestPhase.Sent), (RequestAct.Readdress, RequestPhase.Silent), (RequestAct.Hold, RequestPhase.Held),
            (RequestAct.Delegate, RequestPhase.Silent), (RequestAct.Annul, RequestPhase.Annulled), (RequestAct.Close, RequestPhase.Closed)),
        .. From(RequestPhase.Held,
            (RequestAct.Prepare, RequestPhase.Held), (RequestAct.Confirm, RequestPhase.Answered), (RequestAct.RecordPaper, RequestPhase.Answered),
            (RequestAct.RecordPaper, RequestPhase.Correcting), (RequestAct.Extend, RequestPhase.Held), (RequestAct.Readdress, RequestPhase.Held),
            (RequestAct.Reissue, RequestPhase.Sent), (RequestAct.Release, RequestPhase.Sent), (RequestAct.Release, RequestPhase.Prepared),
            (RequestAct.Release, RequestPhase.Silent), (RequestAct.Delegate, RequestPhase.Held), (RequestAct.Annul, RequestPhase.Annulled)),
        .. From(RequestPhase.Answered,
            (RequestAct.Prepare, RequestPhase.Correcting), (RequestAct.RecordPaper, RequestPhase.Answered), (RequestAct.Extend, RequestPhase.Answered),
            (RequestAct.Reissue, RequestPhase.Answered), (RequestAct.Readdress, RequestPhase.Answered), (RequestAct.Delegate, RequestPhase.Answered),
            (RequestAct.Annul, RequestPhase.Annulled), (RequestAct.Close, RequestPhase.Closed)),
        .. From(RequestPhase.Correcting,
            (RequestAct.Prepare, RequestPhase.Correcting), (RequestAct.Confirm, RequestPhase.Answered), (RequestAct.RecordPaper, RequestPhase.Correcting),
            (RequestAct.Extend, RequestPhase.Correcting), (RequestAct.Reissue, RequestPhase.Answered), (RequestAct.Readdress, RequestPhase.Answered),
            (RequestAct.Delegate, RequestPhase.Correcting), (RequestAct.Annul, RequestPhase.Annulled), (RequestAct.Close, RequestPhase.Closed)),
        // A paper that came in time may be entered after the close.
        .. From(RequestPhase.Closed, (RequestAct.RecordPaper, RequestPhase.Closed)),
    ];

    public static RequestPhase PhaseAt(this OfficialRequest request, Instant now, Cycle cycle) =>
        request.IsAnnulled ? RequestPhase.Annulled
        : request.ClosedAt is not null ? RequestPhase.Closed
        : request.Waits ? RequestPhase.Waiting
        : request.Standing is not null ? request.Draft is null ? RequestPhase.Answered : RequestPhase.Correcting
        : request.HeldSince is not null ? RequestPhase.Held
        : request.Draft is not null ? RequestPhase.Prepared
        : now >= cycle.EndOf(request.Due) ? RequestPhase.Silent
        : RequestPhase.Sent;

    public static bool Allows(RequestPhase phase, RequestAct act) => Table.Any(transition => transition.From == phase && transition.Act == act);

    /// <summary>Its reminders hold, and its office is waited for.</summary>
    public static bool IsAwaited(RequestPhase phase) => phase is RequestPhase.Sent or RequestPhase.Prepared or RequestPhase.Silent;

    /// <summary>Not while its office still has time, to answer or to correct what it answered, or is still to get it.</summary>
    public static bool CanBeClosed(OfficialRequest request, Cycle cycle, Instant now) =>
        Allows(request.PhaseAt(now, cycle), RequestAct.Close) && now >= cycle.EndOf(request.Due);

    public static OfficialRequest Extend(OfficialRequest request, LocalDate due, RecordedAct act) =>
        Recorded(request, act with { DueBefore = request.Due }) with { Due = due };

    public static OfficialRequest Annul(OfficialRequest request, RecordedAct act) => Recorded(request, act) with { Draft = null, PendingDelegation = null };

    /// <summary>To who holds the office now: older links are dead, answers that were given stand.</summary>
    public static OfficialRequest Reissue(OfficialRequest request, Addressee to, LocalDate due, RecordedAct act) =>
        Sent(Recorded(request, act with { DueBefore = request.Due }), to) with { Due = due };

    /// <summary>To the same holder at another mailbox: older links are dead.</summary>
    public static OfficialRequest Readdress(OfficialRequest request, Addressee to, RecordedAct act) =>
        Sent(Recorded(request, act), to) with { HeldSince = request.HeldSince };

    /// <summary>What waited goes out.</summary>
    public static OfficialRequest Send(OfficialRequest request, Addressee to, LocalDate due, RecordedAct act) =>
        Recorded(request, act) with { Waits = false, SentAt = act.At, Office = to.Office, SecretariatMailbox = to.SecretariatMailbox, Due = due };

    public static OfficialRequest Hold(OfficialRequest request, RecordedAct act) => Recorded(request, act) with { HeldSince = act.At };

    public static OfficialRequest Release(OfficialRequest request, LocalDate due, RecordedAct act) =>
        Recorded(request, act with { DueBefore = due == request.Due ? null : request.Due }) with { HeldSince = null, Due = due };

    public static OfficialRequest Delegate(OfficialRequest request, Instant now) => Recorded(request, new RecordedAct(RequestAct.Delegate, now)) with
    {
        Delegation = request.PendingDelegation!.Asked with { At = now },
        PendingDelegation = null,
    };

    public static OfficialRequest Close(OfficialRequest request, Instant now) =>
        request with { ClosedAt = now, Draft = null, PendingDelegation = null };

    private static OfficialRequest Sent(OfficialRequest request, Addressee to) => request with
    {
        Office = to.Office,
        SecretariatMailbox = to.SecretariatMailbox,
        Generation = request.Generation + 1,
        Draft = null,
        Delegation = null,
        PendingDelegation = null,
        HeldSince = null,
        WrongCodes = [],
    };

    private static OfficialRequest Recorded(OfficialRequest request, RecordedAct act) => request with { Acts = [.. request.Acts, act] };

    private static IEnumerable<Transition<RequestPhase, RequestAct>> From(RequestPhase from, params (RequestAct Act, RequestPhase To)[] acts) =>
        acts.Select(act => new Transition<RequestPhase, RequestAct>(from, act.Act, act.To));
}
