using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Proposals.Paper;

public enum PaperDecision { InTime, EnteredAfterClose, SessionNotHeld, SessionOutsideWindow, TooLate }

/// <summary>
/// Whether paper forms may be entered. A form is received when it is handed in, so the session's day is held against
/// the call's window; typing it in may take until every response is due, and is then marked.
/// </summary>
public static class PaperWindow
{
    // Of a cycle that sets no date for its responses: forms come from far sessions by road and boat.
    private const int WorkingDaysToEnter = 5;

    public static PaperDecision Decide(Cycle cycle, LocalDate handedInOn, Instant now) =>
        handedInOn > cycle.DateOf(now) ? PaperDecision.SessionNotHeld
        : handedInOn < cycle.Call.Opens || handedInOn > cycle.Call.Closes ? PaperDecision.SessionOutsideWindow
        : now < cycle.EndOf(cycle.Call.Closes) ? PaperDecision.InTime
        : now < cycle.EndOf(LastDayToEnter(cycle)) ? PaperDecision.EnteredAfterClose
        : PaperDecision.TooLate;

    public static LocalDate LastDayToEnter(Cycle cycle) =>
        cycle.Deadlines.FirstOrDefault(deadline => deadline.Key == ActivityKeys.Responses)?.Closes ?? cycle.WorkingDays.After(cycle.Call.Closes, WorkingDaysToEnter);
}
