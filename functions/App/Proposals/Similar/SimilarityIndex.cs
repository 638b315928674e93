using System.Buffers;
using F23.StringSimilarity;

namespace OpenGov.Functions.Proposals.Similar;

/// <param name="Score">0 to 1; 1 is the same words in the same order.</param>
public sealed record SimilarText(string Id, double Score);

/// <summary>
/// Texts that say much the same. The words that two texts share, the rare ones counting most, find the candidates;
/// the cosine of their three-letter shingles decides. A text is looked at once, when it is added.
/// </summary>
public sealed class SimilarityIndex
{
    /// <summary>From here on two texts are about the same; found on a thousand real proposals, by reading the pairs.</summary>
    public const double Alike = 0.55;

    /// <summary>From here on the one is most likely a copy of the other.</summary>
    public const double Duplicate = 0.85;

    private const int Candidates = 12;
    private const int TextLength = 800;
    private const int LeastBody = 20;
    private const int LongBody = 60;
    private const double OtherTitle = 0.05;
    private const double TitleShare = 0.4;
    private const int MostTextsOfAWord = 200;
    private const double LeastShared = 0.2;
    private static readonly Cosine Shingles = new(3);
    private readonly Lock turn = new();
    private readonly List<Text> texts = [];
    private readonly Dictionary<string, List<int>> textsOf = [];

    public void Add(string id, string title, string text)
    {
        var folded = Text.Of(id, title, text);
        lock (turn)
        {
            foreach (var word in folded.Words)
            {
                (textsOf.TryGetValue(word, out var known) ? known : textsOf[word] = []).Add(texts.Count);
            }
            texts.Add(folded);
        }
    }

    /// <summary>The most similar first.</summary>
    public IReadOnlyList<SimilarText> Find(string title, string text, int most, double least, Func<string, bool>? admits = null)
    {
        var asked = Text.Of("", title, text);
        List<Text> candidates;
        lock (turn)
        {
            candidates = [.. Nearest(asked, admits)];
        }
        return
        [
            .. candidates.Select(candidate => new SimilarText(candidate.Id, Score(asked, candidate)))
                .Where(similar => similar.Score >= least).OrderByDescending(similar => similar.Score).Take(most),
        ];
    }

    private List<Text> Nearest(Text asked, Func<string, bool>? admits)
    {
        var shared = ArrayPool<double>.Shared.Rent(Math.Max(texts.Count, 1));
        var touched = new List<int>();
        Array.Clear(shared, 0, texts.Count);
        var all = 0d;
        foreach (var word in asked.Words)
        {
            var places = textsOf.GetValueOrDefault(word, []);
            if (places.Count > Math.Max(MostTextsOfAWord, texts.Count / 10))
            {
                continue;
            }
            var weight = Math.Log(1 + (texts.Count / (1d + places.Count)));
            all += weight;
            foreach (var place in places)
            {
                if (shared[place] == 0)
                {
                    touched.Add(place);
                }
                shared[place] += weight;
            }
        }
        var nearest = touched.Where(place => shared[place] >= all * LeastShared && admits?.Invoke(texts[place].Id) != false)
            .OrderByDescending(place => shared[place]).Take(Candidates).Select(place => texts[place]).ToList();
        ArrayPool<double>.Shared.Return(shared);
        return nearest;
    }

    /// <summary>
    /// Where one says next to nothing but its title, the titles alone are compared; a long text that was copied is
    /// recognised under another title.
    /// </summary>
    private static double Score(Text one, Text other)
    {
        if (one.Title == other.Title && one.Body == other.Body)
        {
            return 1;
        }
        var (titles, shorter) = (Likeness(one.Title, other.Title), Math.Min(one.Body.Length, other.Body.Length));
        if (shorter < LeastBody)
        {
            return titles;
        }
        var bodies = Likeness(one.Body, other.Body);
        var both = (TitleShare * titles) + ((1 - TitleShare) * bodies);
        return shorter < LongBody ? both : Math.Max(both, bodies - OtherTitle);
    }

    private static double Likeness(string one, string other) =>
        one == other ? 1 : Math.Clamp(Shingles.Similarity(Shingles.GetProfile(one), Shingles.GetProfile(other)), 0, 1);

    private sealed record Text(string Id, string Title, string Body, IReadOnlyList<string> Words)
    {
        public static Text Of(string id, string title, string text)
        {
            var (foldedTitle, foldedText) = (WordsOfText.Fold(title), WordsOfText.Fold(text));
            return new Text(id, foldedTitle, foldedText.Length <= TextLength ? foldedText : foldedText[..TextLength],
                [.. WordsOfText.Telling($"{foldedTitle} {foldedText}")]);
        }
    }
}
