using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Proposals.Paper;

public enum PaperDecision { InTime, EnteredAfterClose, SessionNotHeld, SessionOutsideWindow, TooLate }

/// <summary>
/// Whether paper forms may be entered. A form is received when it is handed in, so the session's day is held against
/// the call's window; typing it in may take some working days more, and is then marked.
/// </summary>
public static class PaperWindow
{
    /// <summary>Forms come from far sessions by road and boat; after a working week the forum has met.</summary>
    public const int WorkingDaysToEnter = 5;

    public static PaperDecision Decide(Cycle cycle, LocalDate handedInOn, Instant now) =>
        handedInOn > cycle.DateOf(now) ? PaperDecision.SessionNotHeld
        : handedInOn < cycle.Call.Opens || handedInOn > cycle.Call.Closes ? PaperDecision.SessionOutsideWindow
        : now < cycle.EndOf(cycle.Call.Closes) ? PaperDecision.InTime
        : now < cycle.EndOf(LastDayToEnter(cycle)) ? PaperDecision.EnteredAfterClose
        : PaperDecision.TooLate;

    public static LocalDate LastDayToEnter(Cycle cycle)
    {
        var day = cycle.Call.Closes;
        for (var count = 0; count < WorkingDaysToEnter; count++)
        {
            day = cycle.WorkingDays.OnOrAfter(day.PlusDays(1));
        }
        return day;
    }
}
