using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Chronogram;

/// <summary>The form of a change of dates, as typed.</summary>
/// <param name="Dates">By activity: opens and closes.</param>
public sealed record TypedDates(IReadOnlyDictionary<string, (string Opens, string Closes)> Dates, string Reason, int Seen)
{
    public IReadOnlyList<NewDates> Wanted => [.. Dates.Select(dates => new NewDates(dates.Key, Read(dates.Value.Opens), Read(dates.Value.Closes)))];

    public static TypedDates Of(Cycle cycle) => new(
        cycle.Dated.ToDictionary(activity => activity.Key, activity => (LocalDatePattern.Iso.Format(activity.Opens), LocalDatePattern.Iso.Format(activity.Closes))), "", cycle.Version);

    /// <summary>Null where it is no form of this page.</summary>
    public static TypedDates? Of(Cycle cycle, IFormCollection form) =>
        int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new TypedDates(
                cycle.Dated.ToDictionary(activity => activity.Key, activity => (form[$"{activity.Key}-opens"].ToString(), form[$"{activity.Key}-closes"].ToString())),
                form["reason"].ToString(), seen)
            : null;

    private static LocalDate? Read(string typed) => LocalDatePattern.Iso.Parse(typed.Trim()) is { Success: true, Value: var date } ? date : null;
}

/// <summary>What a change would do.</summary>
/// <param name="Cancelled">Notices that were to go out and no longer will.</param>
/// <param name="Planned">Notices that will go out instead.</param>
public sealed record DatesPreview(
    Cycle Changed, IReadOnlyList<MovedDates> Moved, IReadOnlyList<Fault> Warnings, IReadOnlyList<DueNotice> Cancelled, IReadOnlyList<DueNotice> Planned, int Readers);

public sealed record DatesModel(Cycle Cycle, LocalDate Today, TypedDates Typed)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public DatesPreview? Preview { get; init; }

    public bool IsOvertaken { get; init; }

    /// <summary>Weeks of a month that were asked for, to be copied.</summary>
    public (LocalDate Opens, LocalDate Closes)? Weeks { get; init; }

    public bool AskedForWeeks { get; init; }
}

public sealed class DatesDesk(CurrentCycle cycles, Audiences audiences, TimeProvider clock)
{
    public async Task<DatesModel> ModelAsync(Func<Cycle, TypedDates?> typed, CancellationToken cancel)
    {
        // What is changed is the stored cycle, not a copy of seconds ago.
        var cycle = (await cycles.FindAsync(cancel) ?? throw new InvalidOperationException("No cycle is loaded.")).Record;
        return new DatesModel(cycle, cycle.DateOf(clock.GetCurrentInstant()), typed(cycle) ?? TypedDates.Of(cycle));
    }

    /// <summary>The model with what the typed change would do, or with what is wrong with it.</summary>
    public async Task<DatesModel> PreviewAsync(DatesModel model, string by, CancellationToken cancel)
    {
        var (cycle, wanted, reason) = (model.Cycle, model.Typed.Wanted, PlainText.Text(model.Typed.Reason));
        if (model.Typed.Seen != cycle.Version)
        {
            return model with { IsOvertaken = true };
        }
        if (RebaseliningRules.FaultsOf(cycle, wanted, reason, model.Today) is { Count: > 0 } faults)
        {
            return model with { Faults = faults };
        }
        var now = clock.GetCurrentInstant();
        var moved = RebaseliningRules.Moved(cycle, wanted);
        var changed = RebaseliningRules.Apply(cycle, moved, reason, by, now);
        var (before, after) = (NoticePlanner.ForCycle(cycle, now), NoticePlanner.ForCycle(changed, now));
        return model with
        {
            Preview = new DatesPreview(
                changed, moved, RebaseliningRules.WarningsOf(changed, moved, model.Today), Missing(before, after), Missing(after, before),
                (await audiences.OfAsync(cycle, changed.Rebaselinings[^1], cancel)).Count),
        };
    }

    /// <summary>What <paramref name="some"/> has and <paramref name="others"/> lacks, whatever version of the dates it belongs to.</summary>
    private static IReadOnlyList<DueNotice> Missing(IReadOnlyList<DueNotice> some, IReadOnlyList<DueNotice> others)
    {
        var known = others.Select(IdentityOf).ToHashSet();
        return [.. some.Where(notice => !known.Contains(IdentityOf(notice)))];
    }

    private static string IdentityOf(DueNotice notice) => $"{notice.SendOn} {(notice with { Version = "" }).Identity}";
}
