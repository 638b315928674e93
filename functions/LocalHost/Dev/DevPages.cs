using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost.Dev;

internal sealed class DevPages(Mailbox mailbox, TimeProvider clock, TimeZoneInfo zone, TimerFunctions timers, QueuePump queues)
{
    private const string Style = """
        body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}
        a{color:#0b4a8f}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem;border-bottom:1px solid #ccc;vertical-align:top}
        button{font:inherit;padding:.4rem .8rem;margin:.2rem .2rem .2rem 0}form{display:inline}pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}
        iframe{width:100%;height:40rem;border:1px solid #ccc}.scroll{overflow-x:auto}
        """;

    public static Task WriteStyleAsync(HttpContext http)
    {
        http.Response.ContentType = "text/css; charset=utf-8";
        return http.Response.WriteAsync(Style);
    }

    public async Task<string> IndexAsync(CancellationToken cancel)
    {
        var page = new StringBuilder($"""
            <p><a href="/">Site</a> · <a href="/dev/mailbox">Mailbox</a> ({mailbox.NewestFirst(null).Count} mails)</p>
            <h2>Clock</h2><p>{Time(clock.GetUtcNow())}</p>{Advance("PT1H", "1 hour")}{Advance("P1D", "1 day")}{Advance("P7D", "7 days")}
            <form method="post" action="/dev/clock"><label>Go to <input name="now" type="datetime-local" required></label> <button>Go</button></form>
            <h2>Queues</h2><div class="scroll"><table><thead><tr><th scope="col">Queue</th><th scope="col">Messages</th><th scope="col">Poison</th></tr></thead><tbody>
            """);
        foreach (var name in queues.Names)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{name}</th><td>{await queues.CountAsync(name, cancel) ?? 0}</td><td>{await queues.CountAsync(name + "-poison", cancel) ?? 0}</td></tr>");
        }
        page.Append("</tbody></table></div><h2>Timers</h2><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Timer</th><th scope=\"col\">Schedule (UTC)</th><th scope=\"col\">Next</th><th scope=\"col\">Run</th></tr></thead><tbody>");
        foreach (var timer in timers.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{timer.Function.Name}</th><td><code>{timer.Trigger.Schedule}</code></td><td>{Time(timer.Next)}</td><td><form method=\"post\" action=\"/dev/timers/{timer.Function.Name}\" enctype=\"application/x-www-form-urlencoded\"><button>Run {timer.Function.Name}</button></form></td></tr>");
        }
        return Page("Development", page.Append("</tbody></table></div>").ToString());
    }

    public string Mailbox(string? to) => Page("Mailbox", mailbox.NewestFirst(string.IsNullOrEmpty(to) ? null : to) is { Count: > 0 } mails
        ? $"""<p><a href="/dev">Development</a></p><div class="scroll"><table><thead><tr><th scope="col">At</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>{string.Concat(mails.Take(500).Select(Row))}</tbody></table></div>"""
        : "<p><a href=\"/dev\">Development</a></p><p>No mail yet.</p>");

    public string Mail(string? id) => mailbox.Find(id ?? "") is { } mail
        ? Page(mail.Subject, $"""
            <p><a href="/dev/mailbox">Mailbox</a></p><p>To {Safe(mail.To)}, from {Safe(mail.From)}, {Time(mail.At)}</p>
            <iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/dev/mail.html?id={mail.Id}"></iframe>
            <h2>As text</h2><pre>{Safe(mail.Text)}</pre>
            <h2>Headers</h2><pre>{Safe(string.Join('\n', mail.Headers.Concat(mail.CustomArgs).Select(pair => $"{pair.Key}: {pair.Value}")))}</pre>
            """)
        : Page("No such mail", "<p><a href=\"/dev/mailbox\">Mailbox</a></p>");

    private string Row(SandboxMail mail) =>
        $"<tr><td>{Time(mail.At)}</td><td>{Safe(mail.To)}</td><td><a href=\"/dev/mail?id={mail.Id}\">{Safe(mail.Subject)}</a></td></tr>";

    private static string Advance(string period, string words) =>
        $"<form method=\"post\" action=\"/dev/clock\"><input type=\"hidden\" name=\"advance\" value=\"{period}\"><button>Advance {words}</button></form>";

    private static string Page(string title, string body) => $"""
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Safe(title)}</title>
        <link rel="stylesheet" href="/dev/style.css"></head><body><main><h1>{Safe(title)}</h1>{body}</main></body></html>
        """;

    private string Time(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Safe(string? text) => WebUtility.HtmlEncode(text ?? "");
}
