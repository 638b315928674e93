using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

/// <summary>Due dates that are moved, in working days.</summary>
public static class DueRules
{
    /// <summary>For who gets the nota anew: as many working days as it had at first, and never less than it has.</summary>
    public static LocalDate ForReissue(OfficialRequest request, Cycle cycle, LocalDate today)
    {
        var days = cycle.WorkingDays.Between(cycle.DateOf(request.SentAt), FirstDue(request));
        return LocalDate.Max(request.Due, cycle.WorkingDays.After(today, days));
    }

    /// <summary>After a hold: as many working days later as it was held.</summary>
    public static LocalDate AfterHold(OfficialRequest request, Cycle cycle, LocalDate today)
    {
        var held = cycle.DateOf(request.HeldSince!.Value);
        // What had passed before the hold stays passed.
        if (held > request.Due)
        {
            return request.Due;
        }
        var due = cycle.WorkingDays.After(request.Due, cycle.WorkingDays.Between(held, today));
        // Held on its last day and released on a day of rest: no working day has gone by, and the date has.
        return due < today ? cycle.WorkingDays.OnOrAfter(today) : due;
    }

    /// <summary>While it is held its time stands still; what had passed before stays passed.</summary>
    public static bool HasPassed(OfficialRequest request, Cycle cycle, Instant now) => (request.HeldSince ?? now) >= cycle.EndOf(request.Due);

    /// <summary>By the due date that was in force on <paramref name="day"/>, though it was moved since.</summary>
    public static bool HadPassedOn(OfficialRequest request, Cycle cycle, LocalDate day)
    {
        var due = request.Acts.FirstOrDefault(act => act.DueBefore is not null && cycle.DateOf(act.At) > day)?.DueBefore ?? request.Due;
        var stop = request.Acts.LastOrDefault(act => act.Act is RequestAct.Hold or RequestAct.Release or RequestAct.Reissue && cycle.DateOf(act.At) <= day);
        // An answer ends a hold.
        var isHeld = stop?.Act == RequestAct.Hold && cycle.DateOf(stop.At) <= due && request.Confirmations.All(confirmation => cycle.DateOf(confirmation.At) > day);
        return day > due && !isHeld;
    }

    private static LocalDate FirstDue(OfficialRequest request) => request.Acts.FirstOrDefault(act => act.DueBefore is not null)?.DueBefore ?? request.Due;
}
