using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals.Similar;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals.Paper;

public enum PaperState { Ready, Wrong, Registered, LeftOut }

/// <param name="Row">In the same file; null where it was received before.</param>
/// <param name="Received">Received before; null where it is in the same file.</param>
/// <param name="Identical">The same words of the same author.</param>
public sealed record PaperDuplicate(int? Row, Proposal? Received, bool Identical);

/// <param name="Key">What makes the row recognisable when it is registered again.</param>
/// <param name="There">What it was registered as.</param>
public sealed record CheckedRow(
    PaperRow Row, PaperState State, string Key, ProposalInput? Input, IReadOnlyList<ImportFault> Faults, Proposal? There = null, PaperDuplicate? Duplicate = null);

/// <summary>What is known besides the rows.</summary>
/// <param name="KeyOf">The key of a row; the number on a form is one in its session.</param>
/// <param name="Received">Proposals by code.</param>
/// <param name="FindReceived">What was received with the most similar text, if it is most likely the same.</param>
internal sealed record PaperContext(
    Cycle Cycle, IReadOnlyList<ImportColumn> Columns, bool ConsentDeclared, Func<PaperRow, string> KeyOf, ProposalKeys Keys,
    IReadOnlyDictionary<string, Proposal> Received, Func<string, string, SimilarProposal?> FindReceived);

/// <summary>Holds rows against the rules, against each other, and against what was received.</summary>
internal sealed class PaperCheck(PaperContext context)
{
    private readonly Dictionary<string, int> references = [];
    private readonly Dictionary<string, int> same = [];
    private readonly SimilarityIndex inFile = new();

    public static IReadOnlyList<CheckedRow> Run(IReadOnlyList<PaperRow> rows, PaperContext context)
    {
        var check = new PaperCheck(context);
        return [.. rows.Select(check.Check)];
    }

    private CheckedRow Check(PaperRow row)
    {
        var key = context.KeyOf(row);
        if (row.Keep == false)
        {
            return new CheckedRow(row, PaperState.LeftOut, key, null, []);
        }
        var faults = new List<ImportFault>();
        var input = PaperRules.Read(row, context.Columns, context.Cycle, context.ConsentDeclared, faults);
        if (row.Value(PaperColumns.Reference) is { Length: > 0 } reference && $"{row.Value(PaperColumns.Session)}!{Folded(reference)}" is var known
            && !references.TryAdd(known, row.Number))
        {
            faults.Add(new ImportFault(row.Number, PaperColumns.Reference, FaultCodes.Duplicate, "Repeated", references[known]));
        }
        if (input is null || faults.Count > 0)
        {
            return new CheckedRow(row, PaperState.Wrong, key, input, faults);
        }
        if (FindRegistered(key, input) is { } there)
        {
            return there.Fingerprint == context.Keys.FingerprintOf(key, input.Cleaned())
                ? new CheckedRow(row, PaperState.Registered, key, input, [], there)
                : new CheckedRow(row, PaperState.Wrong, key, input, [new ImportFault(row.Number, PaperColumns.Reference, FaultCodes.Duplicate, "ReferenceUsed", there.Code)]);
        }
        var duplicate = FindDuplicate(row, input);
        // Two forms with numbers of their own are two forms, even where their words are the same.
        var isLeftOut = row.Keep is null && duplicate is { Identical: true } && row.Value(PaperColumns.Reference).Length == 0;
        return new CheckedRow(row, isLeftOut ? PaperState.LeftOut : PaperState.Ready, key, input, [], null, duplicate);
    }

    private Proposal? FindRegistered(string key, ProposalInput input)
    {
        var fingerprint = context.Keys.FingerprintOf(key, input.Cleaned());
        for (var attempt = 0; attempt < ProposalKeys.MostCollisions && context.Received.TryGetValue(context.Keys.CodeFor(key, attempt), out var there); attempt++)
        {
            if (ProposalKeys.IsSameKey(there.Fingerprint, fingerprint))
            {
                return there;
            }
        }
        return null;
    }

    private PaperDuplicate? FindDuplicate(PaperRow row, ProposalInput input)
    {
        var (title, problem) = (input.Title!, input.Problem!);
        var words = WordsAndAuthor(title, problem, input.Proposal, input.Author?.Name, input.Author?.Email, input.Author?.Phone);
        var received = context.FindReceived(title, problem);
        var inSameFile = same.TryGetValue(words, out var first) ? first
            : inFile.Find(title, problem, 1, SimilarityIndex.Duplicate) is [var similar] ? int.Parse(similar.Id, System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
        var isRepeated = !same.TryAdd(words, row.Number);
        if (!isRepeated)
        {
            inFile.Add($"{row.Number}", title, problem);
        }
        return isRepeated ? new PaperDuplicate(first, null, Identical: true)
            : received is not null ? new PaperDuplicate(null, received.Proposal, Identical: words == WordsAndAuthor(received.Proposal.Content))
            : inSameFile is not null ? new PaperDuplicate(inSameFile, null, Identical: false)
            : null;
    }

    private static string WordsAndAuthor(ProposalContent content) =>
        WordsAndAuthor(content.Title, content.Problem, content.Idea, content.Author.Name, content.Author.Email, content.Author.Phone);

    private static string WordsAndAuthor(params IEnumerable<string?> parts) => string.Join('|', parts.Select(part => WordsOfText.Fold(part ?? "")));

    internal static string Folded(string reference) => PlainText.Fold(string.Concat(reference.Where(symbol => !char.IsWhiteSpace(symbol))));
}
