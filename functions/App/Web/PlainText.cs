using System.Globalization;
using System.Text;

namespace OpenGov.Functions.Web;

/// <summary>What people typed, without control characters and without what surrounds it.</summary>
public static class PlainText
{
    /// <summary>On one line: a line end is a space.</summary>
    public static string Line(string? text) =>
        string.Join(' ', new string([.. (text ?? "").Select(symbol => char.IsControl(symbol) ? ' ' : symbol)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>With its line ends, each as one sign, and its tabs.</summary>
    public static string Text(string? text) =>
        new string([.. (text ?? "").ReplaceLineEndings("\n").Where(symbol => symbol is '\n' or '\t' || !char.IsControl(symbol))]).Trim();

    /// <summary>Small letters without accents: what is typed in haste finds what was written with care.</summary>
    public static string Fold(string? text) => new([.. (text ?? "").Normalize(NormalizationForm.FormD)
        .Where(symbol => CharUnicodeInfo.GetUnicodeCategory(symbol) != UnicodeCategory.NonSpacingMark)
        .Select(char.ToLowerInvariant)]);
}
