using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Emails;

/// <summary>A mail's plain-text twin: wrapped lines, every address on a line of its own.</summary>
public sealed class MailText(EmailSettings settings, IStringLocalizer<EmailTexts> texts)
{
    private const int Width = 72;
    private const int SubjectLength = 180;

    public string Of(MailContent content)
    {
        var blocks = content.Parts.Select(Block).Append($"-- \n{Wrap(texts["Footer", settings.From.DisplayName])}\n{Wrap(texts["ReplyHint"])}{(content.Unsubscribe is { } address ? $"\n{texts["Unsubscribe"]}:\n{OneWord(address)}" : "")}");
        return string.Join("\n\n", blocks.Where(block => block.Length > 0)) + "\n";
    }

    /// <summary>For a subject: no line ends, no control characters, not too long.</summary>
    public static string OneLine(string text)
    {
        var line = string.Join(' ', Safe(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= SubjectLength ? line : Cut(line, SubjectLength - 1) + "…";
    }

    /// <summary>At most <paramref name="length"/> UTF-16 units, never half a character.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd();

    private static string Block(MailPart part) => part switch
    {
        MailPart.Heading heading => Underlined(Wrap(heading.Text).ToUpper(CultureInfo.CurrentCulture), '='),
        MailPart.Subheading subheading => Underlined(Wrap(subheading.Text), '-'),
        MailPart.Paragraph paragraph => Wrap(paragraph.Text),
        MailPart.Facts facts => string.Join('\n', facts.Rows.Select(row => Wrap($"{row.Label}: {row.Value}", "", "  "))),
        MailPart.Items items => string.Join('\n', items.Texts.Select(text => Wrap(text, "- ", "  "))),
        MailPart.Button button => $"{Wrap(button.Text)}:\n{OneWord(button.Url)}",
        MailPart.Code code => $"    {OneWord(code.Text)}",
        MailPart.Quote quote => Wrap(quote.Text, "> ", "> "),
        MailPart.Small small => Wrap(small.Text),
        _ => "",
    };

    private static string Underlined(string text, char line) => $"{text}\n{new string(line, Math.Min(Width, text.Split('\n').Max(part => part.Length)))}";

    private static string OneWord(string text) => string.Concat(Safe(text).Where(character => !char.IsWhiteSpace(character)));

    private static string Wrap(string text, string first = "", string next = "")
    {
        var lines = new List<string>();
        foreach (var paragraph in Safe(text).Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > Width - next.Length)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }
                line.Append(line.Length > 0 ? " " : "").Append(word);
            }
            lines.Add(line.ToString());
        }
        return string.Join('\n', lines.Select((line, number) => ((number == 0 ? first : next) + line).TrimEnd())).TrimEnd();
    }

    /// <summary>Without control characters other than line ends, and without marks that turn the direction of text.</summary>
    private static string Safe(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(character =>
        character == '\n' || character == '\t' || !(char.IsControl(character) || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069')));
}
