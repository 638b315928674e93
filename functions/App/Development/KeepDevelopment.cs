using NodaTime.Extensions;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Development;

/// <summary>Staff keep what a table settled of a commitment, and confirm it once it is whole.</summary>
public sealed class KeepDevelopment(Developments developments, RecentDevelopments recent, CurrentCycle cycles, Ledger ledger, StorageClients storage, TimeProvider clock)
{
    /// <param name="field">What was typed, by name.</param>
    /// <param name="confirm">It is whole, and goes into the plan.</param>
    /// <param name="seen">The state that the member of staff looked at.</param>
    public async Task<Edited<DevelopedCommitment>> RunAsync(string number, Func<string, string?> field, bool confirm, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var stored = await Document.FindAsync<KeptDevelopment>(storage.Table(Tables.Commitments), CommitmentStore.PartitionOf(cycle), Developments.RowOf(number), cancel);
        if (await developments.FindAsync(cycle, number, cancel) is not { } commitment)
        {
            return new Edited<DevelopedCommitment>.Unknown();
        }
        string Typed(string name) => PlainText.Text(field(name));
        var (development, faults) = Read(Typed, commitment.Commitment.Lead);
        if (faults.Count > 0 || (confirm && development.Missing.Count > 0))
        {
            return new Edited<DevelopedCommitment>.Invalid(faults.Count > 0 ? faults : [.. development.Missing.Select(missing => new Fault(missing is "milestones" or "milestone-details" ? "milestone-1" : missing, $"Missing-{missing}"))]);
        }
        if (commitment.Kept is { } same && Editing.SeenOf(same.Development) == Editing.SeenOf(development) && same.ConfirmedAt is not null == confirm && !commitment.HasNewer)
        {
            return new Edited<DevelopedCommitment>.Done(commitment);
        }
        if (seen is not null && seen != SeenOf(commitment))
        {
            return new Edited<DevelopedCommitment>.Overtaken();
        }
        var kept = new KeptDevelopment(number, development, commitment.Sources, confirm ? clock.GetCurrentInstant() : null);
        var change = new Change(Tables.Commitments, CommitmentStore.PartitionOf(cycle))
            .Record(OfficialEvent.Of(confirm ? "development-confirmed" : "development-kept", number, new { development.Texts, development.Starts, development.Ends, development.Milestones, kept.Sources }, by));
        change = stored is null ? change.Add(Developments.RowOf(number), kept) : change.Replace(Developments.RowOf(number), kept, stored.ETag);
        var committed = await ledger.CommitAsync(change, cancel);
        recent.Forget();
        return committed == CommitResult.Committed ? new Edited<DevelopedCommitment>.Done(commitment with { Kept = kept }) : new Edited<DevelopedCommitment>.Overtaken();
    }

    /// <summary>What a form remembers of the state that it shows.</summary>
    public static string SeenOf(DevelopedCommitment commitment) => Editing.SeenOf(new { commitment.Kept, commitment.Sources });

    private static (CommitmentDevelopment Development, IReadOnlyList<Fault> Faults) Read(Func<string, string> typed, string lead)
    {
        var names = DevelopmentFields.All.Concat(["starts", "ends"])
            .Concat(Enumerable.Range(1, DevelopmentFields.MostMilestones).SelectMany(number => DevelopmentFields.OfMilestone.Select(name => $"{name}-{number}"))).ToList();
        var said = names.ToDictionary(name => name, typed);
        var faults = names.Where(name => said[name].Length > 0).Select(name =>
            name.StartsWith("starts", StringComparison.Ordinal) || name.StartsWith("ends", StringComparison.Ordinal)
                ? DevelopmentRules.Date(said[name]) is null ? new Fault(name, "DateMalformed") : DevelopmentRules.FaultOf(name, said) is { } wrong ? new Fault(name, wrong) : null
                : said[name].EnumerateRunes().Count() > LengthOf(name) ? new Fault(name, "TooLong", LengthOf(name))
                : DevelopmentRules.FaultOf(name, said) is { } fault ? new Fault(name, fault) : null).OfType<Fault>().ToList();
        return (new CommitmentDevelopment(
            DevelopmentFields.All.Where(name => said[name].Length > 0).ToDictionary(name => name, name => said[name]), DevelopmentRules.Date(said["starts"]), DevelopmentRules.Date(said["ends"]),
            [.. DevelopmentRules.MilestonesOf(name => said.TryGetValue(name, out var text) ? text : typed(name), lead).OrderBy(milestone => milestone.Ends ?? NodaTime.LocalDate.MaxIsoValue)]), faults);
    }

    private static int LengthOf(string name) => DevelopmentFields.All.Contains(name) ? DevelopmentFields.LengthOf(name) : DevelopmentFields.LineLength;
}
