using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Emails;

public sealed record DrawnMail(string Subject, string Html, string Text);

/// <summary>Draws a mail as HTML and as its plain-text twin, in the current language.</summary>
public sealed class MailDrawing(IServiceProvider services, ILoggerFactory loggers, IStringLocalizer<MailTexts> texts)
{
    public async Task<DrawnMail> DrawAsync(MailContent content)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<MailBody>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Content"] = content }))).ToHtmlString());
        return new DrawnMail(MailText.OneLine(content.Subject), "<!DOCTYPE html>" + html, MailText.Of(content, texts["Footer"]));
    }
}
