using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals;

namespace OpenGov.Functions.Commitments;

/// <summary>The fields of a commitment in an import, and what they must be to one another and to what is stored.</summary>
internal static class CommitmentColumns
{
    private const int LineLength = CommitmentProposal.TitleLength;
    private const int TextLength = CommitmentProposal.TextLength;
    private const int MostSupporting = 50;
    private const int MostProposals = 500;

    private static readonly ImportColumn Number = new("number", ColumnKind.Key, ImportLimits.KeyLength, true, "número");
    public static readonly ImportColumn Title = new("title", ColumnKind.Line, LineLength, true, "título");
    private static readonly ImportColumn Theme = new("theme", ColumnKind.Line, LineLength, true, "temática");
    private static readonly ImportColumn Text = new("text", ColumnKind.Text, TextLength, true, "texto");
    private static readonly ImportColumn Lead = new("lead", ColumnKind.Line, LineLength, true, "responsable");
    private static readonly ImportColumn Supporting = new("supporting", ColumnKind.List, MostSupporting, false, "apoyo");
    private static readonly ImportColumn Proposals = new("proposals", ColumnKind.List, MostProposals, false, "propuestas");

    private static readonly ImportColumn Plan = new("continuedPlan", ColumnKind.Line, LineLength, false, "plan anterior");
    private static readonly ImportColumn OldNumber = new("continuedNumber", ColumnKind.Line, LineLength, false, "número anterior");
    private static readonly ImportColumn Completion = new("completion", ColumnKind.Line, LineLength, false, "avance");
    private static readonly ImportColumn Trail = new("trail", ColumnKind.Line, LineLength, false, "historial");

    public static IReadOnlyList<ImportColumn> All { get; } = [Number, Title, Theme, Text, Lead, Supporting, Proposals, Plan, OldNumber, Completion, Trail];

    /// <summary>The record of a row without faults.</summary>
    public static CommitmentProposal Commitment(ImportRow row) => new(
        row.Line(Number.Name)!, row.Line(Title.Name)!, row.Line(Theme.Name)!, row.Line(Text.Name)!, LeadOf(row)!,
        SupportingOf(row), [.. row.List(Proposals.Name).Select(code => ProposalCode.Read(code)!).Distinct()])
    {
        Continued = row.Line(Plan.Name) is { } plan ? new Continued(plan, row.Line(OldNumber.Name) ?? row.Line(Number.Name)!, row.Line(Completion.Name)!, row.Line(Trail.Name)) : null,
    };

    public static IReadOnlyList<ImportValue> Values(CommitmentProposal commitment) =>
    [
        new(Number, commitment.Number), new(Title, commitment.Title), new(Theme, commitment.Theme), new(Text, commitment.Text), new(Lead, commitment.Lead),
        new(Supporting, commitment.Supporting), new(Proposals, commitment.Proposals), new(Plan, commitment.Continued?.Plan), new(OldNumber, commitment.Continued?.Number),
        new(Completion, commitment.Continued?.Completion), new(Trail, commitment.Continued?.Trail),
    ];

    /// <summary>Codes that could be of proposals, each once: what is to be looked up before the rules can be applied.</summary>
    public static IReadOnlySet<string> ProposalsNamed(IEnumerable<ImportRow> rows) =>
        rows.SelectMany(row => row.List(Proposals.Name)).Select(ProposalCode.Read).OfType<string>().ToHashSet();

    /// <param name="institutions">Codes of those that are known.</param>
    /// <param name="proposals">Codes of those that exist.</param>
    public static IEnumerable<ImportFault> Faults(ImportRow row, IReadOnlySet<string> institutions, IReadOnlySet<string> proposals)
    {
        var lead = LeadOf(row);
        var supporting = SupportingOf(row);
        if (lead is not null && !institutions.Contains(lead))
        {
            yield return Fault(Lead, FaultCodes.UnknownInstitution, "UnknownInstitution", lead);
        }
        if (supporting.Where(code => !institutions.Contains(code)).ToList() is { Count: > 0 } unknown)
        {
            yield return Fault(Supporting, FaultCodes.UnknownInstitution, "UnknownInstitution", unknown);
        }
        if (lead is not null && supporting.Contains(lead))
        {
            yield return Fault(Supporting, FaultCodes.LeadSupportsItself, "LeadSupportsItself", lead);
        }
        if (row.List(Proposals.Name).Where(code => ProposalCode.Read(code) is not { } known || !proposals.Contains(known)).ToList() is { Count: > 0 } missing)
        {
            yield return Fault(Proposals, FaultCodes.UnknownProposal, "UnknownProposal", missing);
        }

        if (row.Line(Plan.Name) is not null ? !Continued.Completions.Contains(row.Line(Completion.Name)) : row.Line(Completion.Name) is not null)
        {
            yield return Fault(Completion, FaultCodes.UnknownCompletion, "UnknownCompletion", string.Join(", ", Continued.Completions));
        }

        ImportFault Fault(ImportColumn column, string code, string text, params IEnumerable<string> named) =>
            new(row.Number, column.Name, code, text, Short(string.Join(", ", named)));
    }

    /// <summary>What a hostile file names may be as long as the file.</summary>
    private static string Short(string named) => named.Length <= LineLength ? named : named[..LineLength] + "…";

    private static string? LeadOf(ImportRow row) => row.Line(Lead.Name)?.ToUpperInvariant();

    private static List<string> SupportingOf(ImportRow row) => [.. row.List(Supporting.Name).Select(code => code.ToUpperInvariant()).Distinct()];
}
