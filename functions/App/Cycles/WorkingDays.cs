using NodaTime;

namespace OpenGov.Functions.Cycles;

/// <summary>Monday to Friday without the cycle's holidays.</summary>
public sealed class WorkingDays(IReadOnlyList<LocalDate> holidays)
{
    public bool Includes(LocalDate date) =>
        date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !holidays.Contains(date);

    public LocalDate OnOrAfter(LocalDate date)
    {
        while (!Includes(date))
        {
            date = date.PlusDays(1);
        }
        return date;
    }

    public LocalDate OnOrBefore(LocalDate date)
    {
        while (!Includes(date))
        {
            date = date.PlusDays(-1);
        }
        return date;
    }

    /// <summary>The working day that is <paramref name="count"/> working days before <paramref name="date"/>.</summary>
    public LocalDate Before(LocalDate date, int count)
    {
        for (; count > 0; count--)
        {
            date = OnOrBefore(date.PlusDays(-1));
        }
        return date;
    }
}
