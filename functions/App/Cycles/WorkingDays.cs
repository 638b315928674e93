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

    /// <summary>The working day that is <paramref name="count"/> working days after <paramref name="date"/>.</summary>
    public LocalDate After(LocalDate date, int count)
    {
        for (; count > 0; count--)
        {
            date = OnOrAfter(date.PlusDays(1));
        }
        return date;
    }

    /// <summary>How many working days come after <paramref name="from"/>, up to and with <paramref name="to"/>.</summary>
    public int Between(LocalDate from, LocalDate to)
    {
        var count = 0;
        for (var day = from.PlusDays(1); day <= to; day = day.PlusDays(1))
        {
            count += Includes(day) ? 1 : 0;
        }
        return count;
    }
}
