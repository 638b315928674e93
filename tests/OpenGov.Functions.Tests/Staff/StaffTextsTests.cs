using System.Text.RegularExpressions;
using System.Xml.Linq;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.Staff;

public sealed partial class StaffTextsTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "functions", "App", "Staff");

    [Fact]
    public void Every_text_that_a_page_of_the_console_names_is_written()
    {
        var written = XDocument.Load(Path.Combine(Folder, "StaffTexts.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value).ToHashSet();
        var named = Directory.EnumerateFiles(Folder).Where(file => Path.GetExtension(file) is ".razor" or ".cs").Select(File.ReadAllText)
            .SelectMany(source => Names().Matches(source).Select(match => match.Groups[1].Value))
            .Concat(StaffPlaces.All.Select(place => place.Text));

        Assert.Equal([], named.Except(written));
    }

    [GeneratedRegex("""(?:\bT|texts)\["([A-Za-z-]+)"[\],]""")]
    private static partial Regex Names();
}
