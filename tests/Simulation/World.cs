using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenGov.Simulation;

/// <summary>A proposal as its author knows it.</summary>
/// <param name="Mailbox">Null where the author left none.</param>
public sealed record SentProposal(string Code, ProposalText Text, string? Mailbox);

/// <summary>Somebody who registered for a meeting through its page.</summary>
/// <param name="Mailbox">Null for who left none.</param>
public sealed record Registered(string Meeting, string Name, string? Mailbox);

/// <summary>Dates that staff moved.</summary>
public sealed record MovedActivity(string Key, string Opens, string Closes, DateTimeOffset At);

/// <summary>What an activity left behind.</summary>
/// <param name="Evidence">A public path.</param>
public sealed record Outcome(string What, string Evidence);

/// <summary>The people, the site, and what they know of each other's doings.</summary>
public sealed partial class World(Site site, Cast cast, Options options)
{
    public Site Site => site;

    public Cast Cast => cast;

    public Options Options => options;

    public Notas Notas { get; } = new(site, cast);

    public List<SentProposal> Proposals { get; } = [];

    public List<MovedActivity> Moved { get; } = [];

    public List<Registered> Registered { get; } = [];

    /// <summary>Who left the contact list, and when.</summary>
    public Dictionary<string, DateTimeOffset> LeftContacts { get; } = [];

    /// <summary>The codes of the themes that the forum adopted.</summary>
    public List<string> Themes { get; } = [];

    public Task<HttpClient> StaffAsync() => site.StaffAsync();

    /// <summary>An organiser says that the activity is done; it is taken only where nothing is lacking.</summary>
    public async Task MarkDoneAsync(string key)
    {
        var leads = await (await StaffAsync()).DoneAsync("/staff/activities", "/staff/activities", ("key", key), ("action", "done"));
        if (!leads.Contains($"changed={key}", StringComparison.Ordinal))
        {
            throw new PlayException($"{key} is not done: {await (await StaffAsync()).TextAsync("/staff/activities")}");
        }
    }

    /// <summary>The path of the meeting's public page.</summary>
    public async Task<string> AnnounceAsync(string kind, string activity, string title, string day, params (string, string)[] more)
    {
        var staff = await StaffAsync();
        (string, string)[] usual = [("from", "09:00"), ("to", "12:00"), ("place", "Sede de la ANTAI, Panamá"), ("agenda", "1. Bienvenida\n2. Trabajo\n3. Acuerdos")];
        var leads = await staff.DoneAsync(
            "/staff/meetings", "/staff/meetings",
            [("kind", kind), ("activity", activity), ("title", title), ("date", day), .. usual.Where(field => more.All(own => own.Item1 != field.Item1)), .. more]);
        return leads["/staff".Length..];
    }

    public async Task InviteAsync(string meeting, string group, string guests = "")
    {
        await (await StaffAsync()).DoneAsync($"/staff{meeting}", $"/staff{meeting}", [("act", "invite"), ("group", group), ("guests", guests), .. group == "contacts" ? [("contact-territory", "")] : Array.Empty<(string, string)>()]);
        await site.SettleAsync();
    }

    /// <summary>A citizen takes a place through the meeting's page, and joins the contact list where wanted.</summary>
    public async Task RegisterAsync(string meeting, string sector, string territory, string? mailbox, bool wantsInvitations = false)
    {
        var name = cast.Name();
        await site.Public.DoneAsync(
            $"{meeting}/register", $"{meeting}/register",
            [("name", name), ("sector", sector), ("territory", territory), ("email", mailbox ?? ""), ("consent", "yes"), .. wantsInvitations ? [("invitations", "yes")] : Array.Empty<(string, string)>()]);
        Registered.Add(new Registered(meeting, name, mailbox));
        await site.SettleAsync();
        if (wantsInvitations)
        {
            var mail = await site.MailAsync(mailbox!, mail => mail.Text.Contains("/subscribe/confirm?t=", StringComparison.Ordinal));
            await site.Public.SubmitAsync(Site.LinkIn(mail, "/subscribe/confirm"), "/subscribe/confirm");
        }
    }

    /// <summary>A contact leaves the list by the link of an invitation.</summary>
    public async Task LeaveContactsAsync(string mailbox)
    {
        var invitation = await site.MailAsync(mailbox, mail => mail.Text.Contains("/unsubscribe?t=", StringComparison.Ordinal));
        await site.Public.SubmitAsync(Site.LinkIn(invitation, "/unsubscribe"), "/unsubscribe");
        await site.SettleAsync();
        LeftContacts[mailbox] = site.Now;
    }

    /// <summary>Records who came and publishes the minutes.</summary>
    public async Task RecordAsync(string meeting, string minutes, string agreements, params string[] came)
    {
        var staff = await StaffAsync();
        string[] sectors = ["citizen", "civil-society", "academia", "private", "public"];
        await staff.DoneAsync(
            $"/staff{meeting}", $"/staff{meeting}",
            [("act", "attend"), .. await PresentAsync($"/staff{meeting}"), .. sectors.Select(sector => ($"sector-{sector}", cast.Number(1, 30).ToString(CultureInfo.InvariantCulture))), .. came.Select(mailbox => ("came", mailbox))]);
        await staff.DoneAsync($"/staff{meeting}", $"/staff{meeting}", ("act", "minutes"), ("minutes", minutes), ("agreements", agreements));
    }

    /// <summary>Most of those who registered came.</summary>
    private async Task<IEnumerable<(string, string)>> PresentAsync(string page) =>
        [.. Marks().Matches(await (await StaffAsync()).GetStringAsync(page)).Select(mark => mark.Groups[1].Value).Where(_ => cast.Happens(80)).Select(code => ("present", code))];

    /// <summary>A guest answers from the link of the invitation.</summary>
    public async Task ReplyAsync(string mailbox, string name, string meeting, string choice, params (string Field, string Text)[] texts)
    {
        var code = meeting.Split('/')[^1];
        var invitation = await site.MailAsync(mailbox, mail => mail.Subject.StartsWith("Invitación", StringComparison.Ordinal) && mail.Text.Contains(meeting, StringComparison.Ordinal));
        await site.Public.DoneAsync(
            Site.LinkIn(invitation, "/r"), "/r", [($"items[{code}].choice", choice), .. texts.Select(text => ($"items[{code}].{text.Field}", text.Text)), ("name", name)]);
    }

    public async Task ImportAsync(string what, string csv)
    {
        var answer = await (await StaffAsync()).PostAsync($"/api/staff/import/{what}", new StringContent(csv, System.Text.Encoding.UTF8, "text/csv"));
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new PlayException($"The import of {what} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <exception cref="PlayException">It was refused.</exception>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var answer = await (await StaffAsync()).PostAsJsonAsync(path, body);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : throw new PlayException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public static string Csv(params IEnumerable<string>[] rows) => string.Join('\n', rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))) + "\n";

    [GeneratedRegex("""name="present" value="(\w+)""")]
    private static partial Regex Marks();
}
