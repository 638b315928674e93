using System.Text;

namespace OpenGov.Functions.Imports;

/// <summary>The text of a CSV file, whose encoding and separator it does not tell.</summary>
internal static class CsvText
{
    private const int Windows1252 = 1252;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>UTF-8, with or without its mark, else Windows-1252; null for what is no text in either.</summary>
    public static string? Decode(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("PK\u0003\u0004"u8) || content.StartsWith(Encoding.Unicode.Preamble) || content.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return null;
        }
        var marked = content.StartsWith(Encoding.UTF8.Preamble);
        try
        {
            return StrictUtf8.GetString(marked ? content[Encoding.UTF8.Preamble.Length..] : content);
        }
        catch (DecoderFallbackException)
        {
            // A mark that promises UTF-8 over bytes that are not: every reading would be a guess.
            return marked ? null : CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!.GetString(content);
        }
    }

    /// <summary>The one of ',', ';' and the tab of pasted cells that separates the headers, none of which holds any.</summary>
    public static string SeparatorOf(string text)
    {
        var header = text.AsSpan();
        var end = header.IndexOfAny('\r', '\n');
        header = end < 0 ? header : header[..end];
        var (commas, semicolons, tabs) = (header.Count(','), header.Count(';'), header.Count('\t'));
        return tabs > Math.Max(commas, semicolons) ? "\t" : semicolons > commas ? ";" : ",";
    }
}
