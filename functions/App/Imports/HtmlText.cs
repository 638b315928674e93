using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace OpenGov.Functions.Imports;

/// <summary>
/// What other systems export as HTML, as the plain text that a person would have read: paragraphs and list items
/// are lines, links keep their address, and nothing that a browser would carry out is left. Text that is no HTML
/// stays as it is, "a &lt; b" included.
/// </summary>
public static partial class HtmlText
{
    /// <summary>Longer than any field may be: the rules refuse it anyway, and parsing hostile nesting would take long.</summary>
    private const int MostParsed = 40_000;
    private static readonly HashSet<string> Unread = ["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "HEAD", "TITLE", "SELECT", "TEXTAREA", "svg", "math"];
    private static readonly HashSet<string> Paragraphs = ["P", "DIV", "UL", "OL", "TABLE", "BLOCKQUOTE", "H1", "H2", "H3", "H4", "H5", "H6", "SECTION", "ARTICLE", "PRE", "HR"];
    private static readonly HashSet<string> Lines = ["BR", "LI", "TR", "DT", "DD"];

    public static string ToPlain(string text) =>
        text.Length <= MostParsed && Markup().IsMatch(text) ? Tidy(Read(text)) : text;

    private static string Read(string text)
    {
        var body = new HtmlParser().ParseDocument(text).Body!;
        var hasLines = body.QuerySelector(string.Join(',', Paragraphs.Concat(Lines))) is not null;
        var plain = new StringBuilder();
        // No recursion: hostile nesting is as deep as the cell is long.
        INode? node = body;
        while (node is not null)
        {
            var enters = Begin(node, plain, hasLines);
            if (enters && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }
            while (node is not null && node != body)
            {
                End(node, plain);
                if (node.NextSibling is { } next)
                {
                    node = next;
                    break;
                }
                node = node.Parent;
            }
            if (node == body)
            {
                break;
            }
        }
        return plain.ToString();
    }

    /// <returns>Whether what is inside is to be read.</returns>
    private static bool Begin(INode node, StringBuilder plain, bool hasLines)
    {
        switch (node)
        {
            case IText words:
                plain.Append(hasLines ? Spaces().Replace(words.Data, " ") : words.Data);
                return false;
            case IElement element:
                plain.Append(Paragraphs.Contains(element.NodeName) ? "\n\n" : Lines.Contains(element.NodeName) ? "\n" : element.NodeName is "TD" or "TH" ? " " : "");
                plain.Append(element.NodeName == "LI" ? "- " : element.NodeName == "IMG" ? element.GetAttribute("alt") : "");
                return !Unread.Contains(element.NodeName);
            default:
                return false;
        }
    }

    private static void End(INode node, StringBuilder plain)
    {
        if (node is IElement { NodeName: "A" } link && link.GetAttribute("href") is { } address
            && Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && !link.TextContent.Contains(uri.Host, StringComparison.OrdinalIgnoreCase))
        {
            plain.Append(" (").Append(address.Trim()).Append(')');
        }
        plain.Append(Paragraphs.Contains(node.NodeName) ? "\n\n" : "");
    }

    private static string Tidy(string text)
    {
        var lines = text.Replace('\u00a0', ' ').ReplaceLineEndings("\n").Split('\n').Select(line => Blanks().Replace(line, " ").Trim(' '));
        return MoreBlankLines().Replace(string.Join('\n', lines), "\n\n").Trim('\n');
    }

    [GeneratedRegex(
        @"</?(a|abbr|article|b|blockquote|body|br|button|center|code|dd|div|dl|dt|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|object|ol|p|pre|s|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul|video)(\s[^<>]*)?/?>|<!--|&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|nbsp|amp|lt|gt|quot|apos|[aeiouAEIOU](acute|uml)|[nN]tilde|iquest|iexcl|[lr]aquo|[lr][ds]quo|hellip|[nm]dash|deg|ordm|ordf|euro|bull|middot);",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex MoreBlankLines();
}
