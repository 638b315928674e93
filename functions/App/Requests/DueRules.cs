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
        return held > request.Due ? request.Due : cycle.WorkingDays.After(request.Due, cycle.WorkingDays.Between(held, today));
    }

    private static LocalDate FirstDue(OfficialRequest request) => request.Acts.FirstOrDefault(act => act.DueBefore is not null)?.DueBefore ?? request.Due;
}
