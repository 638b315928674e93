using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenGov.Simulation;

/// <summary>A nota as staff see it in their list.</summary>
public sealed record Nota(string Id, string Number, string Kind, int Round, string Institution, string Mailbox, string Due, string State, bool IsClosed, int Revision, IReadOnlyList<string> Items)
{
    public bool IsOpen => State is "sent" or "reissued" or "no-answer" && !IsClosed;
}

/// <summary>What is said of one item.</summary>
public sealed record Said(string Item, string Choice, params (string Field, string Text)[] Texts)
{
    public IEnumerable<(string, string)> Fields => [($"items[{Item}].choice", Choice), .. Texts.Select(text => ($"items[{Item}].{text.Field}", text.Text))];
}

/// <summary>Notas are sent from the console and answered from mailboxes.</summary>
public sealed partial class Notas(Site site, Cast cast)
{
    public async Task SendAsync(string kind, string due, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["kind"] = kind, ["due"] = due };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }
        var answer = await (await site.StaffAsync()).PostAsync("/api/staff/requests", new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        if (!answer.IsSuccessStatusCode)
        {
            throw new PlayException($"The notas of {kind} were refused: {await answer.Content.ReadAsStringAsync()}");
        }
        await site.SettleAsync();
    }

    public async Task<IReadOnlyList<Nota>> ListAsync(string? kind = null)
    {
        var all = await Site.ReadAsync(await site.StaffAsync(), "/api/staff/requests");
        return
        [
            .. all.GetProperty("items").EnumerateArray().Select(nota => new Nota(
                nota.GetProperty("id").GetString()!, nota.GetProperty("number").GetString()!, nota.GetProperty("kind").GetString()!, nota.GetProperty("round").GetInt32(),
                nota.GetProperty("institution").GetString()!, nota.GetProperty("mailbox").GetString()!, nota.GetProperty("due").GetString()!, nota.GetProperty("state").GetString()!,
                nota.TryGetProperty("closedAt", out var closed) && closed.ValueKind == JsonValueKind.String, nota.GetProperty("revision").GetInt32(),
                [.. nota.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()!)])).Where(nota => kind is null || nota.Kind == kind),
        ];
    }

    /// <summary>As the office does: prepares, then confirms with the code of its mailbox where the kind binds.</summary>
    public async Task AnswerAsync(Nota nota, string name, IEnumerable<Said> said, bool isCorrection = false)
    {
        var link = Site.LinkIn(await MailOfAsync(nota, nota.Mailbox), "/r");
        await PrepareAsync(isCorrection ? $"{link}&change=1" : link, name, said);
        await ConfirmAsync(nota, link);
    }

    public async Task PrepareAsync(string link, string name, IEnumerable<Said> said) =>
        await site.Public.DoneAsync(link, "/r", [.. said.SelectMany(one => one.Fields), ("name", name), ("office", "Despacho Superior")]);

    /// <summary>Somebody else prepares; the office's mailbox goes on confirming.</summary>
    public async Task DelegateAsync(Nota nota, string name, string mailbox)
    {
        var link = Site.LinkIn(await MailOfAsync(nota, nota.Mailbox), "/r");
        await site.Public.DoneAsync(link, "/r/delegate", ("name", name), ("office", "Dirección de Planificación"), ("email", mailbox));
        await ConfirmAsync(nota, link);
    }

    public async Task<string> DelegatedLinkAsync(Nota nota, string mailbox) => Site.LinkIn(await MailOfAsync(nota, mailbox), "/r");

    /// <summary>The code of the newest mail, typed into the page that asks for it, if it asks.</summary>
    public async Task ConfirmAsync(Nota nota, string link)
    {
        var page = await site.Public.GetAsync(link);
        if (!(await page.Content.ReadAsStringAsync()).Contains("action=\"/r/confirm\"", StringComparison.Ordinal))
        {
            return;
        }
        await site.SettleAsync();
        var mail = await site.MailAsync(nota.Mailbox, mail => mail.Subject.StartsWith("Código", StringComparison.Ordinal) && mail.Subject.Contains(nota.Number, StringComparison.Ordinal));
        await site.Public.DoneAsync(link, "/r/confirm", ("code", SixDigits().Match(mail.Text).Value));
    }

    /// <summary>A signed nota came on paper, and staff record it with its scan.</summary>
    public async Task RecordPaperAsync(Nota nota, string name, IEnumerable<Said> said)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in said.SelectMany(one => one.Fields).Append(("name", name)).Append(("office", "Despacho Superior")).Append(("received", site.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))))
        {
            form.Add(new StringContent(value), field);
        }
        form.Add(new ByteArrayContent(Scan(nota.Number)) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } }, "scan", "nota-firmada.pdf");
        var answer = await (await site.StaffAsync()).PostAsync($"/api/staff/requests/{nota.Id}/paper-answer", form);
        if (!answer.IsSuccessStatusCode)
        {
            throw new PlayException($"The paper of {nota.Number} was refused: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Once the last due date has passed, whoever did not answer can do so no more.</summary>
    public async Task CloseRoundsAsync(string kind)
    {
        for (var open = await OpenAsync(kind); open.Count > 0; open = await OpenAsync(kind))
        {
            var rounds = open.Select(nota => nota.Round).ToHashSet();
            var due = (await ListAsync(kind)).Where(nota => rounds.Contains(nota.Round)).Max(nota => nota.Due)!;
            if (string.CompareOrdinal(due, $"{site.Now:yyyy-MM-dd}") >= 0)
            {
                await site.GoToAsync($"{DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1):yyyy-MM-dd}T09:00");
            }
            foreach (var round in rounds)
            {
                await (await site.StaffAsync()).DoneAsync($"/staff/rounds/{kind}-{round}", "/staff/requests", ("close", $"{kind}-{round}"));
            }
            await site.SettleAsync();
        }
    }

    private async Task<IReadOnlyList<Nota>> OpenAsync(string kind) => [.. (await ListAsync(kind)).Where(nota => nota.IsOpen)];

    /// <summary>Each office in its own way; who stays silent, or comes late, does nothing.</summary>
    /// <param name="say">What an office says of an item.</param>
    public async Task AnswerAllAsync(string kind, Func<Office, string, Said> say, params Temper[] away)
    {
        foreach (var nota in await OpenAsync(kind))
        {
            var office = cast.OfficeOf(nota.Institution);
            if (!away.Contains(office.Temper))
            {
                await AnswerAsTheyDoAsync(nota, office, [.. nota.Items.Select(item => say(office, item))]);
            }
        }
    }

    private async Task AnswerAsTheyDoAsync(Nota nota, Office office, IReadOnlyList<Said> said)
    {
        // Only what binds is confirmed by the office's mailbox, and so delegated or signed.
        var isBinding = nota.Kind is "designation" or "validation";
        switch (office.Temper)
        {
            case Temper.SignsPaper when isBinding:
                await RecordPaperAsync(nota, office.Holder, said);
                break;
            case Temper.Delegates when isBinding:
                var delegated = Cast.MailboxOf("Secretaría de Planificación", office.Domain);
                await DelegateAsync(nota, "Secretaría de Planificación", delegated);
                var link = await DelegatedLinkAsync(nota, delegated);
                await PrepareAsync(link, "Secretaría de Planificación", said);
                await ConfirmAsync(nota, link);
                break;
            case Temper.Corrects:
                await AnswerAsync(nota, "Secretaría del Despacho", said);
                await AnswerAsync(nota, office.Holder, said, isCorrection: true);
                break;
            default:
                await AnswerAsync(nota, office.Holder, said);
                break;
        }
    }

    private async Task<Mail> MailOfAsync(Nota nota, string mailbox) => await site.MailAsync(
        mailbox, mail => mail.Subject.StartsWith("Nota", StringComparison.Ordinal) && mail.Subject.Contains(nota.Number, StringComparison.Ordinal) && mail.Text.Contains("/r?t=", StringComparison.Ordinal));

    private static byte[] Scan(string mark) => Encoding.Latin1.GetBytes(
        $"%PDF-1.4\n% {mark}\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n");

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex SixDigits();
}
