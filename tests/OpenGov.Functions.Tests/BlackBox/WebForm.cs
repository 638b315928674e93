using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace OpenGov.Functions.BlackBox;

/// <summary>A form as a browser without JavaScript sends it: all that the page put into it, and what a person changes.</summary>
public static class WebForm
{
    public static async Task<IElement> ReadAsync(HttpResponseMessage page) =>
        new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelector("main form[method=post]")
        ?? throw new InvalidOperationException($"{page.RequestMessage!.RequestUri} has no form.");

    /// <param name="button">The value of the button that is pressed, where it has one.</param>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient http, IElement form, string? button = null, params (string Name, string Value)[] typed)
    {
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name]")
            .Where(control => control.GetAttribute("type") is not ("checkbox" or "radio") || control.HasAttribute("checked"))
            .ToDictionary(control => control.GetAttribute("name")!, ValueOf);
        foreach (var (name, value) in typed)
        {
            Assert.NotNull(form.QuerySelector($"[name='{name}']"));
            fields[name] = value;
        }
        if (button is not null && form.QuerySelector($"button[value='{button}']") is { } pressed)
        {
            fields[pressed.GetAttribute("name")!] = button;
        }
        return await http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(fields));
    }

    private static string ValueOf(IElement control) => control.LocalName switch
    {
        "textarea" => control.TextContent,
        "select" => (control.QuerySelector("option[selected]") ?? control.QuerySelector("option"))?.GetAttribute("value") ?? "",
        _ => control.GetAttribute("value") ?? "",
    };
}
