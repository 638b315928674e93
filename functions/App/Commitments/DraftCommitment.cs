using System.Globalization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Commitments;

/// <summary>A commitment as typed at, or after, its table.</summary>
/// <param name="Theme">The code of an adopted theme.</param>
/// <param name="Proposals">Codes, in any separators.</param>
/// <param name="Table">The code of the meeting; null or empty where it has none.</param>
public sealed record TypedCommitment(
    string? Title, string? Theme, string? Text, string? Lead, IReadOnlyList<string> Supporting, string? Proposals, string? Table);

/// <summary>Writes down what a co-creation table proposes, with the proposals behind it and the institutions that could carry it.</summary>
public sealed class DraftCommitment(
    CommitmentStore store, ThemeStore themes, InstitutionStore institutions, MeetingStore meetings, ProposalStore proposals, CurrentCycle cycles, Editing editing, Ledger ledger)
{
    private const int MostCommitments = 99;
    private const int MostProposals = 200;
    private static readonly char[] Separators = [' ', ',', ';', '\n', '\t'];

    /// <summary>The same commitment, sent again, is the one that is there.</summary>
    public async Task<Edited<CommitmentProposal>> DefineAsync(TypedCommitment typed, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (read, faults) = await ReadAsync(typed, cycle, cancel);
        if (read is null)
        {
            return new Edited<CommitmentProposal>.Invalid(faults);
        }
        while (await store.ListAsync(cycle, cancel) is var all)
        {
            if (all.FirstOrDefault(other => other.Title == read.Title && other.Theme == read.Theme && other.Text == read.Text) is { } same)
            {
                return new Edited<CommitmentProposal>.Done(same);
            }
            var taken = all.Select(other => other.Number).ToHashSet();
            if (Enumerable.Range(1, MostCommitments).Select(NumberOf).FirstOrDefault(number => !taken.Contains(number)) is not { } free)
            {
                break;
            }
            var commitment = read with { Number = free };
            var change = new Change(Tables.Commitments, CommitmentStore.PartitionOf(cycle))
                .Add(CommitmentStore.RowOf(commitment.Number), commitment)
                .Record(OfficialEvent.Of("commitment-drafted", commitment.Number, commitment, by));
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                return new Edited<CommitmentProposal>.Done(commitment);
            }
        }
        return new Edited<CommitmentProposal>.Invalid([new Fault("title", "TooManyCommitments", MostCommitments)]);
    }

    /// <param name="seen">The state that the member of staff looked at.</param>
    public async Task<Edited<CommitmentProposal>> EditAsync(string number, TypedCommitment typed, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (read, faults) = await ReadAsync(typed, cycle, cancel);
        return await editing.RunAsync<CommitmentProposal>(
            new RowPlace(Tables.Commitments, CommitmentStore.PartitionOf(cycle), CommitmentStore.RowOf(number)), seen, _ => faults,
            before => read! with { Number = before.Number, Continued = before.Continued },
            (change, _, after) => change.Record(OfficialEvent.Of("commitment-redrafted", number, after, by)), cancel);
    }

    private static string NumberOf(int number) => $"C-{number.ToString("D2", CultureInfo.InvariantCulture)}";

    private async Task<(CommitmentProposal? Commitment, IReadOnlyList<Fault> Faults)> ReadAsync(TypedCommitment typed, Cycle cycle, CancellationToken cancel)
    {
        var (title, text) = (PlainText.Line(typed.Title), PlainText.Text(typed.Text));
        var theme = (await themes.ListAsync(cycle, cancel)).FirstOrDefault(theme => theme.Code == typed.Theme && theme.Decision?.Outcome == ThemeOutcome.Adopted);
        var known = (await institutions.ListAsync(cycle, cancel)).Select(institution => institution.Code).ToHashSet();
        var table = typed.Table is { Length: > 0 } code ? code : null;
        var named = (typed.Proposals ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        var missing = new List<string>();
        foreach (var one in named.Take(MostProposals))
        {
            if (ProposalCode.Read(one) is not { } right || await proposals.FindAsync(cycle, right, cancel) is null)
            {
                missing.Add(one);
            }
        }
        Fault?[] faults =
        [
            title.Length == 0 ? new Fault("title", "TitleMissing") : Long("title", title, CommitmentProposal.TitleLength),
            theme is null ? new Fault("theme", "ThemeMissing") : null,
            text.Length == 0 ? new Fault("text", "TextMissing") : Long("text", text, CommitmentProposal.TextLength),
            typed.Lead is null || !known.Contains(typed.Lead) ? new Fault("lead", "LeadMissing") : null,
            typed.Supporting.All(known.Contains) ? null : new Fault("supporting", "SupportingUnknown"),
            typed.Lead is { } lead && typed.Supporting.Contains(lead) ? new Fault("supporting", "LeadSupportsItself") : null,
            named.Count > MostProposals ? new Fault("proposals", "TooManyProposals", MostProposals) : missing.Count > 0 ? new Fault("proposals", "ProposalUnknown", string.Join(", ", missing.Take(5))) : null,
            table is null || (await meetings.FindAsync(cycle, table, cancel))?.Kind == MeetingKind.Table ? null : new Fault("table", "TableUnknown"),
        ];
        return faults.OfType<Fault>().ToList() is { Count: > 0 } wrong ? (null, wrong)
            : (new CommitmentProposal("", title, theme!.Name, text, typed.Lead!, [.. typed.Supporting.Distinct()], [.. named.Select(one => ProposalCode.Read(one)!).Distinct()]) { Table = table }, []);
    }

    private static Fault? Long(string field, string text, int most) => text.EnumerateRunes().Count() > most ? new Fault(field, "TooLong", most) : null;
}
