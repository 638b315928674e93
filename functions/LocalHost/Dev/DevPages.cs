using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using OpenGov.LocalHost.Queues;
using OpenGov.LocalHost.SendGridSandbox;
using OpenGov.LocalHost.Timers;

namespace OpenGov.LocalHost.Dev;

internal sealed class DevPages(Mailbox mailbox, TimeProvider clock, TimeZoneInfo zone, TimerFunctions timers, QueuePump queues)
{
    private const int LongestList = 500;
    private const string Style = """
        :root{color-scheme:light dark}
        body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem;color:#1d2733;background:#f6f7f9}
        h1{font-size:1.6rem;margin:.5rem 0 1rem}h1,p{overflow-wrap:anywhere}h2{font-size:1.15rem;margin:0 0 .75rem}a{color:#0b4a8f}nav a{margin-right:1rem}
        section{background:#fff;border:1px solid #d5dae1;border-radius:.5rem;padding:1rem 1.25rem;margin:1rem 0}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.45rem .5rem;border-bottom:1px solid #e3e7ec;vertical-align:top;font-weight:400}
        thead th{font-weight:600}tbody tr:last-child>*{border-bottom:0}.number{text-align:right;font-variant-numeric:tabular-nums}
        .now{font-size:1.4rem;font-variant-numeric:tabular-nums;margin:0 0 .75rem}.bad{color:#a4161a;font-weight:700}.row{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end}
        button,input{font:inherit;padding:.35rem .75rem;border:1px solid #6b7785;border-radius:.3rem;background:#fff;color:inherit}
        button{background:#0b4a8f;border-color:#0b4a8f;color:#fff;cursor:pointer}form{margin:0}label{display:inline-block}form,label,input{max-width:100%}input{box-sizing:border-box}code,.time{white-space:nowrap}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}iframe{width:100%;height:42rem;border:0;background:#fff}.scroll{overflow-x:auto}
        @media (prefers-color-scheme:dark){body{color:#e6eaef;background:#14181d}section{background:#1d2329;border-color:#38424d}th,td{border-color:#323b45}a{color:#8ec1ff}input{background:#14181d}.bad{color:#ff8f8f}}
        """;

    public static Task WriteStyleAsync(HttpContext http)
    {
        http.Response.ContentType = "text/css; charset=utf-8";
        return http.Response.WriteAsync(Style);
    }

    public async Task<string> IndexAsync(CancellationToken cancel)
    {
        var rows = new List<string>();
        foreach (var name in queues.Names)
        {
            var (waiting, poison) = (await queues.CountAsync(name, cancel) ?? 0, await queues.CountAsync(name + "-poison", cancel) ?? 0);
            rows.Add($"<tr><th scope=\"row\">{Safe(name)}</th><td class=\"number\">{waiting}</td><td class=\"number{(poison > 0 ? " bad" : "")}\">{poison}</td></tr>");
        }
        return Page("Development", $"""
            <nav aria-label="Development"><a href="/">The site</a><a href="/dev/mailbox">Mailbox: {mailbox.NewestFirst(null).Count} mails</a></nav>
            <section><h2>Clock</h2><p class="now">{Time(clock.GetUtcNow())}</p><div class="row">
            {Advance("PT1H", "1 hour")}{Advance("P1D", "1 day")}{Advance("P7D", "7 days")}{Advance("P30D", "30 days")}
            <form method="post" action="/dev/clock"><label>Go to <input name="now" type="datetime-local" required></label> <button>Go</button></form></div></section>
            <section><h2>Queues</h2>{Table("Queues", "<th scope=\"col\">Queue</th><th scope=\"col\" class=\"number\">Messages</th><th scope=\"col\" class=\"number\">Poison</th>", rows)}</section>
            <section><h2>Timers</h2>{Table("Timers", "<th scope=\"col\">Timer</th><th scope=\"col\">Schedule (UTC)</th><th scope=\"col\">Last</th><th scope=\"col\">Next</th><th scope=\"col\">Now</th>", timers.All.Select(Row))}</section>
            """);
    }

    public string Mailbox(string? to)
    {
        var mails = mailbox.NewestFirst(string.IsNullOrEmpty(to) ? null : to);
        return Page("Mailbox", $"""
            <nav aria-label="Development"><a href="/dev">Development</a><a href="/">The site</a></nav>
            <section><form class="row" action="/dev/mailbox"><label>Only to <input name="to" type="email" value="{Safe(to)}"></label> <button>Show</button></form></section>
            <section>{(mails.Count == 0 ? "<p>No mail.</p>" : Table("Mails", "<th scope=\"col\">At</th><th scope=\"col\">To</th><th scope=\"col\">Subject</th>", mails.Take(LongestList).Select(Row)))}
            {(mails.Count > LongestList ? $"<p>And {mails.Count - LongestList} older ones: <a href=\"/dev/mailbox.json\">all as JSON</a>.</p>" : "")}</section>
            """);
    }

    public string Mail(string? id) => mailbox.Find(id ?? "") is { } mail
        ? Page(mail.Subject, $"""
            <nav aria-label="Development"><a href="/dev/mailbox">Mailbox</a></nav>
            <p>To {Safe(mail.To)}, from {Safe(mail.From)}, {Time(mail.At)}</p>
            <section><iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/dev/mail.html?id={mail.Id}"></iframe></section>
            <section><h2>As text</h2><pre>{Safe(mail.Text)}</pre></section>
            <section><h2>Headers</h2><pre>{Safe(string.Join('\n', mail.Headers.Concat(mail.CustomArgs).Select(pair => $"{pair.Key}: {pair.Value}")))}</pre></section>
            {(mail.Attachments.Count > 0 ? $"<section><h2>Attachments</h2><pre>{Safe(string.Join('\n', mail.Attachments.Select(file => $"{file.Filename} ({file.Type})")))}</pre></section>" : "")}
            """)
        : Page("No such mail", "<nav aria-label=\"Development\"><a href=\"/dev/mailbox\">Mailbox</a></nav>");

    private string Row(SandboxMail mail) =>
        $"<tr><td class=\"time\">{Time(mail.At)}</td><td>{Safe(mail.To)}</td><td><a href=\"/dev/mail?id={mail.Id}\">{Safe(mail.Subject)}</a></td></tr>";

    private string Row(LocalTimer timer)
    {
        var name = Safe(timer.Function.Name);
        return $"<tr><th scope=\"row\">{name}</th><td><code>{Safe(timer.Trigger.Schedule)}</code></td><td class=\"time\">{(timer.Last == default ? "never" : Time(timer.Last))}</td><td class=\"time\">{Time(timer.Next)}</td>"
            + $"<td><form method=\"post\" action=\"/dev/timers/{name}\"><button aria-label=\"Run {name}\">Run</button></form></td></tr>";
    }

    /// <summary>What does not fit scrolls by keyboard, too.</summary>
    private static string Table(string name, string head, IEnumerable<string> rows) =>
        $"<div class=\"scroll\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\"><table><thead><tr>{head}</tr></thead><tbody>{string.Concat(rows)}</tbody></table></div>";

    private static string Advance(string period, string words) =>
        $"<form method=\"post\" action=\"/dev/clock\"><input type=\"hidden\" name=\"advance\" value=\"{period}\"><button>Advance {words}</button></form>";

    private static string Page(string title, string body) => $"""
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Safe(title)}</title>
        <link rel="stylesheet" href="/dev/style.css"></head><body><main><h1>{Safe(title)}</h1>{body}</main></body></html>
        """;

    private string Time(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Safe(string? text) => WebUtility.HtmlEncode(text ?? "");
}
