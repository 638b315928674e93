using System.Diagnostics;
using System.Globalization;
using OpenGov.Functions.Proposals.Similar;

namespace OpenGov.Functions.Proposals;

public sealed class SimilarityTests(ITestOutputHelper output)
{
    private const string Title = "Agua potable en la comarca";
    private const string Text = "En la comarca el acueducto rural se queda sin agua cada verano y nadie responde por su reparación.";

    [Theory]
    [InlineData("Agua potable para la comarca", "El acueducto rural de la comarca se queda sin agua en verano y nadie responde por la reparación.", true)]
    [InlineData("AGUA POTABLE EN LA COMARCA", "en la comarca el acueducto rural se queda sin agua cada verano, y nadie responde por su reparacion", true)]
    [InlineData("Presupuesto abierto del municipio", "No se publica en qué se gasta el dinero del municipio ni quién decide.", false)]
    [InlineData("Agua", "Los camiones cisterna llegan una vez al mes a la escuela de San Félix.", false)]
    [InlineData("", "", false)]
    public void Texts_that_say_much_the_same_are_found(string title, string text, bool found)
    {
        var index = new SimilarityIndex();
        index.Add("A", Title, Text);
        index.Add("B", "Caminos de producción", "Los caminos de las fincas no se pueden usar cuando llueve.");

        Assert.Equal(found ? ["A"] : [], index.Find(title, text, 5, SimilarityIndex.Alike).Select(similar => similar.Id));
    }

    [Fact]
    public void The_same_text_is_one_and_comes_first()
    {
        var index = new SimilarityIndex();
        index.Add("near", Title, Text.Replace("verano", "invierno", StringComparison.Ordinal));
        index.Add("same", Title, Text);

        var found = index.Find(Title, Text, 5, SimilarityIndex.Alike);

        Assert.Equal(["same", "near"], found.Select(similar => similar.Id));
        Assert.Equal(1, found[0].Score);
        Assert.Equal(["near"], index.Find(Title, Text, 5, SimilarityIndex.Alike, id => id != "same").Select(similar => similar.Id));
    }

    [Fact]
    public void Where_next_to_nothing_is_said_but_the_title_the_titles_decide()
    {
        var index = new SimilarityIndex();
        index.Add("A", "Reparación de aceras", "-");

        Assert.Single(index.Find("REPARACION DE ACERAS", "", 5, SimilarityIndex.Duplicate));
        Assert.Empty(index.Find("Aceras para sillas de ruedas", "-", 5, SimilarityIndex.Duplicate));
    }

    [Fact]
    public void Ten_thousand_proposals_are_searched_in_a_moment()
    {
        var words = Enumerable.Range(0, 4_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number * 7919 % 4_000:x3}abc")).ToArray();
        var random = new Random(1);
        // A few words are in many texts and most in few, as in a language.
        string Some(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[(int)(Math.Pow(random.NextDouble(), 3) * words.Length)]));
        var texts = Enumerable.Range(0, 10_000).Select(_ => (Title: Some(7), Text: Some(120))).ToList();
        var index = new SimilarityIndex();
        foreach (var (number, (title, text)) in texts.Index())
        {
            index.Add($"{number}", title, text);
        }

        var clock = Stopwatch.StartNew();
        var found = Enumerable.Range(0, 100).Select(number => index.Find(texts[number * 97].Title, texts[number * 97].Text, 1, SimilarityIndex.Duplicate)).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds / 100:F1} ms a search among 10,000"));

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number * 97}"), found.Select(similar => Assert.Single(similar).Id));
    }
}
