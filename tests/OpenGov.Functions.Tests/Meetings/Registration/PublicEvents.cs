using System.Net;
using System.Text.RegularExpressions;
using OpenGov.Functions.BlackBox;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Events that the public registers for, and how it does.</summary>
public static partial class PublicEvents
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>The event's code.</summary>
    public static async Task<string> AnnounceEventAsync(this HttpClient staff, string title, params (string Name, string Value)[] own)
    {
        var fields = new Dictionary<string, string>
        {
            ["kind"] = "Outreach",
            ["activity"] = "outreach",
            ["title"] = title,
            ["date"] = "2019-06-20",
            ["from"] = "09:00",
            ["to"] = "12:00",
            ["place"] = "Parque Cervantes, David",
            ["territory"] = "PA-4",
            ["registers"] = "yes",
            ["places"] = "",
        };
        own.ToList().ForEach(field => fields[field.Name] = field.Value);
        var answer = await staff.PostAsync("/staff/meetings", Form([.. fields.Select(field => (field.Key, field.Value))]), Cancel);
        if (answer.StatusCode != HttpStatusCode.SeeOther)
        {
            Assert.Fail(await answer.ReadAsync());
        }
        return answer.Headers.Location!.ToString().Split('/')[^1];
    }

    /// <summary>The ticket of a form that was just opened.</summary>
    public static async Task<string> TicketAsync(this HttpClient http, string meeting) => (await WebForm.ReadAsync(await http.GetAsync($"/meetings/{meeting}/register", Cancel))).QuerySelector("[name=ticket]")!.GetAttribute("value")!;

    /// <summary>Sends the form with this ticket.</summary>
    public static Task<HttpResponseMessage> SendRegistrationAsync(this HttpClient http, string meeting, string ticket, params (string Name, string Value)[] own)
    {
        var fields = new Dictionary<string, string> { ["ticket"] = ticket, ["name"] = "Ana Ríos", ["sector"] = "citizen", ["organization"] = "", ["territory"] = "", ["email"] = "", ["consent"] = "yes", ["website"] = "" };
        own.ToList().ForEach(field => fields[field.Name] = field.Value);
        return http.PostAsync($"/meetings/{meeting}/register", Form([.. fields.Select(field => (field.Key, field.Value))]), Cancel);
    }

    /// <summary>Opens the form, fills it in and sends it: where it leads to.</summary>
    public static async Task<string> RegisterAsync(this HttpClient http, string meeting, params (string Name, string Value)[] own)
    {
        var answer = await http.SendRegistrationAsync(meeting, await http.TicketAsync(meeting), own);
        if (answer.StatusCode != HttpStatusCode.SeeOther)
        {
            Assert.Fail($"{answer.StatusCode}: {await answer.ReadAsync()}");
        }
        return answer.Headers.Location!.ToString();
    }

    /// <summary>The code that a page to print shows.</summary>
    public static async Task<string> PrintedCodeAsync(this HttpClient http, string page) => PrintedCode().Match(await http.GetStringAsync(page, Cancel)).Groups[1].Value;

    /// <summary>The token by which a mail's reader withdraws.</summary>
    public static string WithdrawalIn(System.Text.Json.JsonElement mail) => Withdrawal().Match(mail.GetProperty("text").GetString()!).Groups[1].Value;

    [GeneratedRegex("""<p class="code-large">(\w+)</p>""")]
    private static partial Regex PrintedCode();

    [GeneratedRegex(@"/meetings/withdraw\?t=(\S+)")]
    private static partial Regex Withdrawal();
}

/// <summary>On the first Monday of the outreach.</summary>
public sealed class OutreachService() : TestService("2019-05-06T09:00");
