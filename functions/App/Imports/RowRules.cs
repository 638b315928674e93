using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenGov.Functions.Imports;

/// <summary>What a field must be, by its column's kind.</summary>
internal static partial class RowRules
{
    /// <param name="unread">Fields, or the row itself, that already have a fault: one is enough.</param>
    public static ImportRow Check(RawRow row, IReadOnlyList<ImportColumn> columns, IReadOnlyList<string> unread, List<ImportFault> faults)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        if (!unread.Contains(ImportFault.OfTheRow))
        {
            foreach (var column in columns.Where(column => !unread.Contains(column.Name)))
            {
                var given = row.Values.GetValueOrDefault(column.Name, []).Select(value => Clean(value, column.Kind)).Where(value => value.Length > 0).ToList();
                if (FaultOf(row.Number, column, given) is { } fault)
                {
                    faults.Add(fault);
                    continue;
                }
                values[column.Name] = column.Kind switch
                {
                    ColumnKind.Key => [.. given.Select(value => value.ToUpperInvariant())],
                    ColumnKind.List => [.. given.Distinct()],
                    _ => given,
                };
            }
        }
        return new ImportRow(row.Number, values);
    }

    /// <summary>One plain address, that a header can carry: no display name, no second address, ASCII only against look-alikes.</summary>
    internal static bool IsMailbox(string text) =>
        text.Length <= ImportLimits.MailboxLength && MailboxPattern().IsMatch(text) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static ImportFault? FaultOf(int row, ImportColumn column, List<string> given) => (column.Kind, given) switch
    {
        (_, []) => column.Required ? ImportFault.Missing(row, column.Name) : null,
        (ColumnKind.List, _) => given.Count > column.Most ? ImportFault.TooMany(row, column.Name, column.Most) : null,
        (not ColumnKind.Text, [var line]) when line.AsSpan().IndexOfAny("\r\n\u2028\u2029") >= 0 => ImportFault.LineBreak(row, column.Name),
        (ColumnKind.Flag, [var flag]) => flag is Flags.Yes or Flags.No ? null : ImportFault.Malformed(row, column.Name, "NoFlag"),
        (_, [var text]) when text.EnumerateRunes().Count() > column.Most => ImportFault.TooLong(row, column.Name, column.Most),
        (ColumnKind.Key, [var key]) => KeyPattern().IsMatch(key) ? null : ImportFault.Malformed(row, column.Name, "NoKey"),
        (ColumnKind.Mailbox, [var mailbox]) => IsMailbox(mailbox) ? null : ImportFault.Malformed(row, column.Name, "NoMailbox"),
        _ => null,
    };

    /// <summary>Trimmed; control characters dropped. Line breaks stay: a text may have them, and the rules refuse them in one line.</summary>
    private static string Clean(string value, ColumnKind kind)
    {
        var kept = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value == '\t' && kind != ColumnKind.Text)
            {
                kept.Append(' ');
            }
            else if (rune.Value is '\n' or '\r' or '\t' || !Rune.IsControl(rune))
            {
                kept.Append(rune);
            }
        }
        var clean = kept.ToString();
        return kind == ColumnKind.Text ? clean.ReplaceLineEndings("\n").Trim()
            : string.IsNullOrWhiteSpace(clean) ? ""
            : clean.Trim(' ', '\u00a0');
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MailboxPattern();
}
