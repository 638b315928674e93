using NodaTime.Extensions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Cycles;

/// <summary>Gives activities new dates: notices of the old ones do not go out, and each person concerned gets one explanation.</summary>
public sealed class RebaselineChronogram(CurrentCycle current, Editing editing, TimeProvider clock)
{
    /// <param name="wanted">Dates of activities and deadlines; those that are as they were do not move.</param>
    /// <param name="seen">The cycle's version that the member of staff looked at.</param>
    /// <param name="by">The member of staff, for the record.</param>
    public async Task<Edited<Cycle>> RunAsync(IReadOnlyList<NewDates> wanted, string? reason, int seen, string by, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var text = PlainText.Text(reason);
        var stored = (await current.FindAsync(cancel) ?? throw new InvalidOperationException("No cycle is loaded.")).Record;
        if (stored.Version != seen)
        {
            // The same sent again finds what it did.
            return stored.Rebaselinings.FirstOrDefault(change => change.Version == seen + 1) is { } done && done.Reason == text && done.By == by
                ? new Edited<Cycle>.Done(stored)
                : new Edited<Cycle>.Overtaken();
        }
        var edited = await editing.RunAsync<Cycle>(
            new RowPlace(Tables.Cycles, CycleRow.Partition, CycleRow.Current), Editing.SeenOf(stored),
            cycle => RebaseliningRules.FaultsOf(cycle, wanted, text, cycle.DateOf(now)),
            cycle => RebaseliningRules.Apply(cycle, RebaseliningRules.Moved(cycle, wanted), text, by, now),
            (change, _, after) => change
                .Record(OfficialEvent.Of("chronogram-rebaselined", after.Id, new { after.Version, after.Rebaselinings[^1].Reason, after.Rebaselinings[^1].Moved }, by))
                .Then(CycleChanged.Of(after, now), ChangeToExplain.Of(after)),
            cancel);
        current.Forget();
        return edited;
    }
}

/// <summary>The effect of a change of dates: whoever is concerned is told why, once.</summary>
public sealed record ChangeToExplain(string Cycle, int Version)
{
    public const string EffectKind = "explain-change";

    public static Effect Of(Cycle cycle) => Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{cycle.Version}", new ChangeToExplain(cycle.Id, cycle.Version));
}
