using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Emails;

/// <summary>Has a mail written, and draws it as a page and as plain text.</summary>
public sealed class MailDrawing(IEnumerable<IMailWriter> writers, MailText plain, IServiceScopeFactory scopes, ILoggerFactory logs)
{
    private readonly Dictionary<string, IMailWriter> writers = writers.ToDictionary(writer => writer.Template);

    /// <summary>Null where the mail must not go any more.</summary>
    public async Task<DrawnMail?> DrawAsync(MailEffect mail, string key, CancellationToken cancel)
    {
        Language.Use(mail.Language);
        return await writers[mail.Template].WriteAsync(mail.Model, cancel) is { } content
            ? new DrawnMail(key, mail.To, MailText.OneLine(content.Subject), await HtmlAsync(content), plain.Of(content)) { Files = content.Files, Unsubscribe = content.Unsubscribe }
            : null;
    }

    /// <summary>Where staff look at what the mail is about, or null.</summary>
    public string? StaffPathOf(MailEffect mail) => writers.GetValueOrDefault(mail.Template)?.StaffPath(mail.Model);

    internal async Task<string> HtmlAsync(MailContent content)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<MailBody>(ParameterView.FromDictionary(
                new Dictionary<string, object?> { [nameof(MailBody.Content)] = content }));
            return page.ToHtmlString();
        });
    }
}
