using System.Globalization;
using CsvHelper;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.Imports;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>Uno.</p><p>Dos &amp; tres.</p>", "Uno.\n\nDos & tres.")]
    [InlineData("<p>Uno<br>dos</p>\r\n<p> </p>", "Uno\ndos")]
    [InlineData("<ul><li>agua</li><li>luz</li></ul>", "- agua\n- luz")]
    [InlineData("Ver <a href=\"https://example.org/x\">el plano</a>", "Ver el plano (https://example.org/x)")]
    [InlineData("Ver <a href=\"javascript:alert(1)\">el plano</a>", "Ver el plano")]
    [InlineData("<script>alert(1)</script>Hola<img src=x onerror=alert(1) alt=\"mapa\">", "Holamapa")]
    [InlineData("<b>Uno</b>\ndos", "Uno\ndos")]
    [InlineData("a&ntilde;o", "año")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>")]
    public void HTML_becomes_the_text_that_a_person_would_have_read(string html, string text) => Assert.Equal(text, HtmlText.ToPlain(html));

    [Theory]
    [InlineData("a < b y c > d")]
    [InlineData("Tom & Jerry; R&D")]
    [InlineData("línea uno\nlínea dos\n\n  con sangría")]
    [InlineData("<3 al barrio, {{x}} <inventado>")]
    [InlineData("=HYPERLINK(\"x\")")]
    public void What_is_no_HTML_stays_as_it_was_written(string text) => Assert.Equal(text, HtmlText.ToPlain(text));

    [Fact]
    public void Hostile_nesting_is_read_without_trouble()
    {
        var nested = string.Concat(Enumerable.Repeat("<div>", 7_000)) + "fondo";

        Assert.Equal("fondo", HtmlText.ToPlain(nested));
        Assert.Equal(60_000, HtmlText.ToPlain(new string('<', 60_000)).Length);
    }

    /// <summary>Real proposals, with what an editor on the web makes of them.</summary>
    [Fact]
    public void Nothing_of_a_thousand_real_proposals_is_left_that_a_browser_would_read_as_markup()
    {
        var file = Path.Combine(Checkout.Root, "..", "shared", "data", "proposals-madrid.csv");
        if (!File.Exists(file))
        {
            Assert.Skip("The file of real proposals is not here.");
        }
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        var texts = csv.GetRecords<dynamic>().Select(row => HtmlText.ToPlain((string)row.description)).ToList();

        Assert.Equal(1000, texts.Count);
        Assert.DoesNotContain(texts, text => text.Contains("<p>", StringComparison.OrdinalIgnoreCase) || text.Contains("</", StringComparison.Ordinal) || text.Contains("&nbsp;", StringComparison.Ordinal));
    }
}
