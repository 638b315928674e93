using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

/// <summary>Whether a request takes an answer at a moment.</summary>
public enum AnswerWindow
{
    Open,
    /// <summary>After the due date: an answer is accepted as extemporánea, also the one that waited for its code when a signed nota came.</summary>
    Late,
    /// <summary>An answer stands, and the due date until which it could be corrected has passed.</summary>
    CorrectionOver,
    RoundClosed,
    Annulled,
}

/// <summary>What may be prepared, and what a code confirms.</summary>
public static class AnswerRules
{
    public const int MostWrongCodes = 5;
    private const int MostCodesAnHour = 12;
    private const int MostWrongCodesADay = 15;
    private static readonly Duration Day = Duration.FromDays(1);

    public static AnswerWindow WindowOf(OfficialRequest request, Cycle cycle, Instant now) =>
        request.IsAnnulled ? AnswerWindow.Annulled
        : request.ClosedAt is not null ? AnswerWindow.RoundClosed
        : !DueRules.HasPassed(request, cycle, now) ? AnswerWindow.Open
        : request.Standing is null || (request.Draft is not null && request.Confirmations.All(confirmation => confirmation.Paper is not null)) ? AnswerWindow.Late
        : AnswerWindow.CorrectionOver;

    public static bool IsAccepting(AnswerWindow window) => window is AnswerWindow.Open or AnswerWindow.Late;

    /// <summary>
    /// Each of them sends a code to the office: whoever holds the link cannot flood its mailbox. Nor can he guess for
    /// ever, with five tries at each new code.
    /// </summary>
    public static bool AsksForTooManyCodes(OfficialRequest request, Instant now) =>
        request.WrongCodes.Count(at => now - at < Day) >= MostWrongCodesADay
        || request.Prepared.Concat(request.DelegationsAsked).Count(at => now - at < Duration.FromHours(1)) >= MostCodesAnHour;

    /// <summary>The request with one more version of its answer, which waits for its own code; older codes are dead.</summary>
    public static OfficialRequest Prepare(OfficialRequest request, Instant now) => request with
    {
        Prepared = [.. request.Prepared, now],
        Draft = new Draft(request.Prepared.Count + 1, WrongCodes: 0),
    };

    public static bool CanBeConfirmed(OfficialRequest request) => request.Draft is { WrongCodes: < MostWrongCodes };

    public static OfficialRequest AskToDelegate(OfficialRequest request, string name, string office, string mailbox, Instant now) => request with
    {
        DelegationsAsked = [.. request.DelegationsAsked, now],
        PendingDelegation = new PendingDelegation(new Delegation(request.DelegationsAsked.Count + 1, name, office, mailbox, now), WrongCodes: 0),
    };

    public static bool CanBeDelegated(OfficialRequest request) => request.PendingDelegation is { WrongCodes: < MostWrongCodes };

    /// <summary>The code was of neither of what waits: it counts for both.</summary>
    public static OfficialRequest CountWrongCode(OfficialRequest request, Instant now) => request with
    {
        WrongCodes = [.. request.WrongCodes.Where(at => now - at < Day), now],
        Draft = request.Draft is { } draft ? draft with { WrongCodes = draft.WrongCodes + 1 } : null,
        PendingDelegation = request.PendingDelegation is { } pending ? pending with { WrongCodes = pending.WrongCodes + 1 } : null,
    };

    public static OfficialRequest Confirm(OfficialRequest request, RequestAnswer answer, Cycle cycle, Instant now) => request with
    {
        Draft = null,
        HeldSince = null,
        Confirmations = [.. request.Confirmations, new Confirmation(answer.Version, now, DueRules.HasPassed(request, cycle, now), answer.Hash(), request.Term)],
    };

    /// <summary>A version that is waiting for its code goes on waiting: what was signed is one more answer.</summary>
    public static OfficialRequest RecordPaper(OfficialRequest request, RequestAnswer answer, Cycle cycle, Instant now)
    {
        var paper = answer.Paper!;
        return request with
        {
            Prepared = [.. request.Prepared, now],
            HeldSince = null,
            Confirmations = [.. request.Confirmations, new Confirmation(
                answer.Version, now, DueRules.HadPassedOn(request, cycle, paper.ReceivedOn), answer.Hash(), TermOf(request, cycle, paper), paper)],
        };
    }

    /// <summary>A paper may be entered by staff on any day after the one on which it came.</summary>
    public static PaperFault? FaultOf(OfficialRequest request, PaperSource paper, Cycle cycle, Instant now) =>
        paper.ReceivedOn > cycle.DateOf(now) ? PaperFault.NotReceivedYet
        : paper.ReceivedOn < cycle.DateOf(request.SentAt) ? PaperFault.ReceivedBeforeSent
        : paper.SignedOn > paper.ReceivedOn ? PaperFault.SignedAfterReceived
        : request.ClosedAt is { } closed && paper.ReceivedOn > cycle.DateOf(closed) ? PaperFault.ReceivedAfterClose
        : null;

    /// <summary>The holder who signed: what a predecessor signed before the nota was reissued is the predecessor's word.</summary>
    private static int TermOf(OfficialRequest request, Cycle cycle, PaperSource paper) =>
        request.Acts.Count(act => act.Act == RequestAct.Reissue && cycle.DateOf(act.At) <= (paper.SignedOn ?? paper.ReceivedOn));
}

public enum PaperFault { NotReceivedYet, ReceivedBeforeSent, SignedAfterReceived, ReceivedAfterClose }
