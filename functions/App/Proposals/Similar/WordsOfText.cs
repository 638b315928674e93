using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals.Similar;

/// <summary>The words by which a text is told from others.</summary>
internal static class WordsOfText
{
    private const int Least = 3;
    // Beginnings: "transparente" and "transparencia", "agua" and "aguas" are one.
    private const int Stem = 6;

    private static readonly HashSet<string> Common =
    [
        .. ("los las una unos unas del que por para con sin sobre entre como mas muy esta este esto estos estas ese esa eso son ser fue han hay sus les nos "
            + "nuestro nuestra donde cuando porque pero tambien todo todos toda todas cada desde hasta hacer tener puede pueden debe deben seria sido solo otro otra otros otras "
            + "the and for with that this are was have has not from our their they would should which there been will can").Split(' ').Select(Cut),
    ];

    /// <summary>Small letters and digits without accents, single spaces.</summary>
    public static string Fold(string text)
    {
        var letters = PlainText.Fold(text).Select(symbol => char.IsLetterOrDigit(symbol) ? symbol : ' ').ToArray();
        return string.Join(' ', new string(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public static IEnumerable<string> Telling(string folded) => folded.Split(' ')
        .Where(word => word.Length >= Least || (word.Length > 0 && char.IsDigit(word[0]))).Select(Cut).Where(word => !Common.Contains(word)).Distinct();

    private static string Cut(string word) => word.Length <= Stem ? word : word[..Stem];
}
