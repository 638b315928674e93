using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace OpenGov.Simulation;

/// <summary>A file that a person chooses in a form.</summary>
public sealed record ChosenFile(string Field, string Name, string Type, byte[] Content);

/// <summary>Forms as a browser without JavaScript sends them: what the page put in, and what a person changes.</summary>
public static partial class WebForms
{
    /// <summary>Sends the form, and gives the address that it leads to.</summary>
    /// <exception cref="PlayException">The page has no such form, or what was typed was refused.</exception>
    public static async Task<string> DoneAsync(this HttpClient http, string page, string action, params (string Name, string Value)[] typed) =>
        await LeadsToAsync(page, await http.SubmitAsync(page, action, typed));

    /// <summary>The same with a file.</summary>
    public static async Task<string> DoneAsync(this HttpClient http, string page, string action, ChosenFile file, params (string Name, string Value)[] typed) =>
        await LeadsToAsync(page, await http.SubmitAsync(await http.GetAsync(page), action, file, typed));

    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient http, string page, string action, params (string Name, string Value)[] typed) =>
        await http.SubmitAsync(await http.GetAsync(page), action, null, typed);

    /// <param name="action">The path that the form is sent to.</param>
    /// <param name="typed">By the names of the fields; a choice by its value, a button as it is pressed.</param>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient http, HttpResponseMessage page, string action, ChosenFile? file, params (string Name, string Value)[] typed)
    {
        var document = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync());
        var forms = document.QuerySelectorAll("form[method=post]").Where(form => PathOf(form) == action).ToList();
        var form = forms.FirstOrDefault(form => typed.All(field => Takes(form, field)))
            ?? throw new PlayException($"{page.RequestMessage!.RequestUri!.AbsolutePath} ({(int)page.StatusCode}) has {forms.Count} forms to {action}, and none takes {string.Join(", ", typed.Where(field => forms.All(form => !Takes(form, field))))}: {TextOf(document)}");
        var names = typed.Select(field => field.Name).ToHashSet();
        List<(string Name, string Value)> fields = [.. Untouched(form).Where(field => !names.Contains(field.Item1)), .. typed];
        return await http.PostAsync(form.GetAttribute("action"), Content(form, fields, file));
    }

    /// <summary>What a person reads of a page.</summary>
    public static async Task<string> TextAsync(this HttpClient http, string page)
    {
        var answer = await http.GetAsync(page);
        return answer.StatusCode == HttpStatusCode.OK ? TextOf(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()))
            : throw new PlayException($"{page} answered {(int)answer.StatusCode}.");
    }

    private static async Task<string> LeadsToAsync(string page, HttpResponseMessage answer) =>
        answer is { StatusCode: HttpStatusCode.SeeOther, Headers.Location: { } location } ? location.ToString()
        : throw new PlayException($"{page} was answered with {(int)answer.StatusCode}: {TextOf(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()))}");

    private static HttpContent Content(IElement form, List<(string Name, string Value)> fields, ChosenFile? file)
    {
        if (form.GetAttribute("enctype") != "multipart/form-data")
        {
            return new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        }
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            parts.Add(new StringContent(value), name);
        }
        if (file is not null)
        {
            parts.Add(new ByteArrayContent(file.Content) { Headers = { ContentType = new(file.Type) } }, file.Field, file.Name);
        }
        return parts;
    }

    private static string? PathOf(IElement form) => form.GetAttribute("action")?.Split('?')[0];

    private static bool Takes(IElement form, (string Name, string Value) field)
    {
        var controls = form.QuerySelectorAll("[name]").Where(control => control.GetAttribute("name") == field.Name).ToList();
        return controls.Any(control => control.LocalName switch
        {
            "select" => control.QuerySelectorAll("option").Any(option => (option.GetAttribute("value") ?? option.TextContent) == field.Value),
            "textarea" => true,
            _ => control.GetAttribute("type") is not ("hidden" or "radio" or "checkbox" or "submit" or null) || control.GetAttribute("value") == field.Value
                || (control.LocalName == "input" && control.GetAttribute("type") is null),
        });
    }

    private static IEnumerable<(string, string)> Untouched(IElement form) => form.QuerySelectorAll("input[name], textarea[name], select[name]")
        .Where(control => control.GetAttribute("type") is "checkbox" or "radio" ? control.HasAttribute("checked") : control.GetAttribute("type") is not "file")
        .Select(control => (control.GetAttribute("name")!, control.LocalName switch
        {
            "textarea" => control.TextContent,
            "select" => (control.QuerySelector("option[selected]") ?? control.QuerySelector("option"))?.GetAttribute("value") ?? "",
            _ => control.GetAttribute("value") ?? "",
        }));

    private static string TextOf(IDocument document) =>
        Spaces().Replace((document.QuerySelector(".error-summary") ?? document.QuerySelector("main") ?? document.Body)?.TextContent ?? "", " ").Trim() is var text && text.Length > 600 && document.QuerySelector(".error-summary") is not null ? text[..600] : text;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
