using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OpenGov.Functions.Architecture;

public sealed partial class TextTests
{
    private static readonly string App = Path.Combine(Checkout.Root, "functions", "App");

    public static TheoryData<string> InTwoLanguages =>
        [.. Directory.EnumerateFiles(App, "*.en.resx", SearchOption.AllDirectories).Where(IsSource).Select(file => Path.GetRelativePath(App, file))];

    /// <summary>The console speaks Spanish alone, and so does a nota on paper.</summary>
    [Fact]
    public void Everything_but_the_console_and_the_letter_is_in_two_languages() =>
        Assert.All(
            Directory.EnumerateFiles(App, "*.resx", SearchOption.AllDirectories)
                .Where(file => IsSource(file) && !file.EndsWith(".en.resx", StringComparison.Ordinal) && !file.Contains("/Staff/", StringComparison.Ordinal) && !file.Contains("/Letters/", StringComparison.Ordinal)),
            file => Assert.True(File.Exists(Path.ChangeExtension(file, ".en.resx")), file));

    [Theory]
    [MemberData(nameof(InTwoLanguages))]
    public void A_text_is_there_in_both_languages_with_the_same_places_for_its_values(string english)
    {
        var (es, en) = (Read(Path.Combine(App, english.Replace(".en.resx", ".resx", StringComparison.Ordinal))), Read(Path.Combine(App, english)));
        Assert.Equal(es.Keys.Order(), en.Keys.Order());
        Assert.All(es, text => Assert.NotEmpty(text.Value));
        Assert.All(en, text => Assert.NotEmpty(text.Value));
        Assert.All(es, text => Assert.Equal(Places(text.Value), Places(en[text.Key])));
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(file).Descendants("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    private static bool IsSource(string file) => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Place();
}
