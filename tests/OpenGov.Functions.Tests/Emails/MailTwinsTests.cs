using AngleSharp.Html.Parser;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Web;
using Xunit;

namespace OpenGov.Functions.Emails;

public sealed class MailTwinsTests
{
    private static readonly MailContent Example = new("Nota N.º 12: propuestas de compromiso", [
        new MailPart.Heading("Nota N.º 12"),
        new MailPart.Paragraph("La ANTAI le solicita revisar las propuestas de compromiso de su institución, definir su viabilidad y aprobarlas, antes de la fecha indicada."),
        new MailPart.Facts([("Institución", "Ministerio de Economía y Finanzas"), ("Plazo", "viernes 11 de octubre de 2019, 23:59 (hora de Panamá)")]),
        new MailPart.Button("Ver y responder la nota", "https://example.org/r?t=abc.def&lang=es"),
        new MailPart.Code("048213"),
        new MailPart.Quote("<script>alert(1)</script> {{name}}\nsegunda línea"),
    ]);

    [Fact]
    public async Task The_page_and_its_plain_twin_say_the_same()
    {
        var (html, text) = await DrawAsync(Example, Language.Spanish);
        var page = new HtmlParser().ParseDocument(html);
        var body = page.Body!.TextContent;
        foreach (var words in new[] { "Ministerio de Economía y Finanzas", "viernes 11 de octubre de 2019, 23:59", "048213", "{{name}}", "Ver y responder la nota" })
        {
            Assert.Contains(words, body, StringComparison.Ordinal);
            Assert.Contains(words, text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
        Assert.All(page.QuerySelectorAll("a"), link => Assert.Equal("https://example.org/r?t=abc.def&lang=es", link.GetAttribute("href")));
        Assert.Contains("\nhttps://example.org/r?t=abc.def&lang=es\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_wrote_stays_inert()
    {
        var (html, text) = await DrawAsync(Example, Language.Spanish);
        Assert.Empty(new HtmlParser().ParseDocument(html).QuerySelectorAll("script"));
        Assert.Contains("> <script>alert(1)</script> {{name}}\n> segunda línea", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    public async Task A_button_that_leads_to_no_web_address_is_left_out(string url) =>
        Assert.Empty(new HtmlParser().ParseDocument((await DrawAsync(new("a", [new MailPart.Button("b", url)]), Language.Spanish)).Html).QuerySelectorAll("a"));

    [Fact]
    public async Task Control_and_direction_marks_do_not_reach_the_plain_text()
    {
        var (_, text) = await DrawAsync(new("a", [new MailPart.Paragraph("uno\u0007 \u202Edos\u202C \u2066tres")]), Language.Spanish);
        Assert.StartsWith("uno dos tres\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_the_plain_text_are_short_unless_they_are_an_address()
    {
        var (_, text) = await DrawAsync(Example, Language.English);
        Assert.All(text.Split('\n').Where(line => !line.StartsWith("https:", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 74));
        Assert.Contains("your reply goes to", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_is_one_line_of_bounded_length()
    {
        Assert.Equal("a b Bcc: x", MailText.OneLine("a\r\nb\u0000\tBcc: x"));
        Assert.Equal(180, MailText.OneLine(new string('x', 500)).Length);
    }

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Email:From"] = "Gobierno Abierto Panamá <gobiernoabierto@example.org>",
            ["Email:ReplyTo"] = "antai@example.org",
            ["SendGrid:ApiKey"] = "SG.test",
            ["SendGrid:WebhookPublicKey"] = SendingTests.PublicKey,
            ["Site:BaseUrl"] = "https://example.org",
        }).Build();
        var services = new ServiceCollection();
        return services.AddSingleton<IConfiguration>(configuration).AddLogging().AddLocalization().AddSingleton<Site>().AddEmails().BuildServiceProvider();
    }

    private static async Task<(string Html, string Text)> DrawAsync(MailContent content, string language)
    {
        Language.Use(language);
        await using var services = Services();
        return (await services.GetRequiredService<MailDrawing>().HtmlAsync(content), services.GetRequiredService<MailText>().Of(content));
    }
}
