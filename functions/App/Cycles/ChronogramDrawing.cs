using NodaTime;

namespace OpenGov.Functions.Cycles;

/// <summary>Where the chronogram's bars stand, in pixels of a drawing as wide as <see cref="Width"/>.</summary>
public sealed class ChronogramDrawing
{
    public const int Width = 960;
    public const int RowHeight = 48;
    public const int Top = 56;
    private const int NarrowestBar = 6;
    private const int RoomForLabel = 260;
    private readonly LocalDate first;
    private readonly int days;

    public ChronogramDrawing(Cycle cycle, LocalDate today)
    {
        first = cycle.Activities.Min(activity => activity.Opens).With(DateAdjusters.StartOfMonth);
        var last = cycle.Activities.Max(activity => activity.Closes).With(DateAdjusters.EndOfMonth);
        days = Period.DaysBetween(first, last) + 1;
        Months = [.. Enumerable.Range(0, Period.Between(first, last.PlusDays(1), PeriodUnits.Months).Months)
            .Select(number => first.PlusMonths(number)).Select(month => new Month(month, X(month)))];
        Bars = [.. cycle.Activities.Select((activity, row) => Place(activity, row, today))];
        Today = today >= first && today <= last ? X(today) : null;
        Height = Top + (Bars.Count * RowHeight) + 8;
    }

    public IReadOnlyList<Month> Months { get; }

    public IReadOnlyList<Bar> Bars { get; }

    /// <summary>Null where today is not in the drawing.</summary>
    public int? Today { get; }

    public int Height { get; }

    private Bar Place(Activity activity, int row, LocalDate today)
    {
        var x = X(activity.Opens);
        var width = Math.Max(NarrowestBar, X(activity.Closes.PlusDays(1)) - x);
        return new Bar(activity, activity.StateOn(today), x, Top + (row * RowHeight), width, x + width + RoomForLabel <= Width);
    }

    private int X(LocalDate date) => Period.DaysBetween(first, date) * Width / days;

    public sealed record Month(LocalDate First, int X);

    /// <param name="LabelAfter">The label stands after the bar, else before it.</param>
    public sealed record Bar(Activity Activity, ActivityState State, int X, int Y, int Width, bool LabelAfter);
}
