using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

/// <summary>Whether a request takes an answer at a moment.</summary>
public enum AnswerWindow
{
    Open,
    /// <summary>After the due date: an answer is accepted as extemporánea.</summary>
    Late,
    /// <summary>An answer stands, and the due date until which it could be corrected has passed.</summary>
    CorrectionOver,
    RoundClosed,
}

/// <summary>What may be prepared, and what a code confirms.</summary>
public static class AnswerRules
{
    public const int MostWrongCodes = 5;
    private const int MostVersionsAnHour = 12;

    public static AnswerWindow WindowOf(OfficialRequest request, Cycle cycle, Instant now) =>
        request.ClosedAt is not null ? AnswerWindow.RoundClosed
        : now < cycle.EndOf(request.Due) ? AnswerWindow.Open
        : request.Standing is null ? AnswerWindow.Late
        : AnswerWindow.CorrectionOver;

    public static bool IsAccepting(AnswerWindow window) => window is AnswerWindow.Open or AnswerWindow.Late;

    /// <summary>Each version sends a code to the office: whoever holds the link cannot flood its mailbox.</summary>
    public static bool HasTooManyVersions(OfficialRequest request, Instant now) =>
        request.Prepared.Count(at => now - at < Duration.FromHours(1)) >= MostVersionsAnHour;

    /// <summary>The request with one more version of its answer, which waits for its own code; older codes are dead.</summary>
    public static OfficialRequest Prepare(OfficialRequest request, Instant now) => request with
    {
        Prepared = [.. request.Prepared, now],
        Draft = new Draft(request.Prepared.Count + 1, WrongCodes: 0),
    };

    public static bool CanBeConfirmed(OfficialRequest request) => request.Draft is { WrongCodes: < MostWrongCodes };

    public static OfficialRequest CountWrongCode(OfficialRequest request) =>
        request with { Draft = request.Draft! with { WrongCodes = request.Draft.WrongCodes + 1 } };

    public static OfficialRequest Confirm(OfficialRequest request, RequestAnswer answer, Cycle cycle, Instant now) => request with
    {
        Draft = null,
        Confirmations = [.. request.Confirmations, new Confirmation(answer.Version, now, now >= cycle.EndOf(request.Due), answer.Hash())],
    };
}
