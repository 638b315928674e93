using System.Text;

namespace OpenGov.Functions.Emails;

/// <summary>The plain-text twin: it reads well by itself, each link on a line of its own.</summary>
internal static class MailText
{
    public static string Of(MailContent content, string footer)
    {
        var text = new StringBuilder();
        foreach (var part in content.Parts)
        {
            text.Append(part switch
            {
                MailPart.Heading heading => $"{heading.Text}\n{new string('=', Math.Min(heading.Text.Length, 60))}",
                MailPart.Paragraph paragraph => paragraph.Text,
                MailPart.Facts facts => string.Join('\n', facts.Rows.Select(row => $"{row.Label}: {row.Value}")),
                MailPart.Items items => string.Join('\n', items.Texts.Select(item => $"- {item}")),
                MailPart.Button button => $"{button.Text}:\n{button.Url}",
                MailPart.Code code => code.Text,
                MailPart.Quote quote => string.Join('\n', quote.Text.ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}")),
                MailPart.Small small => small.Text,
                _ => throw new InvalidOperationException($"{part.GetType().Name} has no text."),
            }).Append("\n\n");
        }
        return new string([.. text.Append("--\n").Append(footer).ToString().Where(symbol => symbol is '\n' or '\t' || !char.IsControl(symbol))]);
    }

    /// <summary>For a subject: what somebody typed must not end the header.</summary>
    public static string OneLine(string text) => new([.. text.Select(symbol => char.IsControl(symbol) ? ' ' : symbol)]);
}
