using NodaTime;
using NodaTime.Text;

namespace OpenGov.Functions.Staff;

/// <summary>The days whose notices are asked for, both inclusive.</summary>
public sealed record NoticeRange(LocalDate From, LocalDate To)
{
    private const int DaysBehind = 7;
    private const int DaysAhead = 30;
    private static readonly LocalDate Earliest = new(2000, 1, 1);
    private static readonly LocalDate Latest = new(2199, 12, 31);

    /// <summary>The days around <paramref name="today"/>.</summary>
    public static NoticeRange Around(LocalDate today) => new(today.PlusDays(-DaysBehind), today.PlusDays(DaysAhead));

    /// <summary>A day that is not given is the usual one; null and the field at fault where one is no date, or they are in the wrong order.</summary>
    public static (NoticeRange? Range, string? Fault) Read(string? from, string? to, LocalDate today)
    {
        var usual = Around(today);
        if (!TryRead(from, out var first))
        {
            return (null, "from");
        }
        if (!TryRead(to, out var last))
        {
            return (null, "to");
        }
        var begins = first ?? LocalDate.Min(usual.From, last ?? usual.From);
        var ends = last ?? LocalDate.Max(usual.To, begins);
        return begins <= ends ? (new NoticeRange(begins, ends), null) : (null, "to");
    }

    private static bool TryRead(string? text, out LocalDate? date)
    {
        date = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }
        if (!LocalDatePattern.Iso.Parse(text.Trim()).TryGetValue(default, out var parsed) || parsed < Earliest || parsed > Latest)
        {
            return false;
        }
        date = parsed;
        return true;
    }
}
