using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Meetings;

/// <summary>Activities 1, 4, 6 and others: a meeting is announced, its guests are told once of every change, and what came of it is public.</summary>
public sealed class MeetingTests(JuneService service) : IClassFixture<JuneService>, IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>A mailbox gets only so many sign-in links an hour.</summary>
    public async ValueTask InitializeAsync() => await service.AdvanceByAsync("PT13M");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Guests_are_told_once_of_the_meeting_of_its_change_and_of_its_cancellation_with_the_file_for_their_calendar()
    {
        using var staff = await service.SignInAsync();
        var imported = await staff.PostAsync("/api/staff/import/members", Csv("code,name,organization,government,email\nM-01,Ana Ríos,ANTAI,sí,ana.foro@example.org\nM-02,Beto Paz,Fundación,no,beto.foro@example.org\n"), Cancel);
        Assert.Equal(2, (await imported.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("imported").GetInt32());
        using var secretary = await service.SignInAsync(Secretary);
        var address = await AnnounceAsync(secretary, ("title", "Métodos de las mesas"));
        Assert.Equal(address, await AnnounceAsync(secretary, ("title", "Métodos de las mesas")));

        await DoneAsync(secretary, address, ("act", "invite"), ("group", "forum"), ("guests", "Carla, carla.foro@example.org\nana.foro@example.org"));
        await DoneAsync(secretary, address, ("act", "invite"), ("group", "forum"), ("guests", ""));
        var invitation = await OnlyAsync("ana.foro@example.org", "Invitación: Métodos de las mesas");
        var calendar = CalendarOf(invitation);
        Assert.Contains("METHOD:REQUEST", calendar, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20190610T140000Z", calendar, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:0", calendar, StringComparison.Ordinal);
        await OnlyAsync("carla.foro@example.org", "Invitación: Métodos de las mesas");

        await DoneAsync(secretary, address, [("act", "edit"), .. Fields(("title", "Métodos de las mesas"), ("from", "10:00"))]);
        Assert.Contains("SEQUENCE:1", CalendarOf(await OnlyAsync("beto.foro@example.org", "Cambió la reunión")), StringComparison.Ordinal);

        // On the working day before, a line of the day's digest; no second word of the old hour.
        await service.AdvanceToAsync("2019-06-07T12:00");
        var reminders = (await service.MailsAsync("beto.foro@example.org", 3)).Where(mail => mail.GetProperty("text").GetString()!.Contains("Es el lunes 10 de junio de 2019, 10:00–12:00", StringComparison.Ordinal));
        Assert.Single(reminders);

        using var later = await service.SignInAsync(Secretary);
        Assert.Contains("todavía no se ha celebrado", await RefusedAsync(later, address, ("act", "minutes"), ("minutes", "Se acordó."), ("agreements", "")), StringComparison.Ordinal);
        await DoneAsync(later, address, ("act", "cancel"), ("reason", "No hay quórum."));
        var cancelled = await OnlyAsync("carla.foro@example.org", "Se canceló la reunión");
        Assert.Contains("METHOD:CANCEL", CalendarOf(cancelled), StringComparison.Ordinal);
        Assert.Contains("> No hay quórum.", cancelled.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("está cancelada", await RefusedAsync(later, address, ("act", "invite"), ("group", "forum"), ("guests", "")), StringComparison.Ordinal);
        Assert.Contains("No hay quórum.", WebUtility.HtmlDecode(await service.Http.GetStringAsync(address.Replace("/staff", "", StringComparison.Ordinal), Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_its_guests_is_public()
    {
        using var secretary = await service.SignInAsync(Secretary);
        var address = await AnnounceAsync(secretary, ("title", "Reunión discreta"));
        await DoneAsync(secretary, address, ("act", "invite"), ("guests", "Delia Mora, delia@example.org"));
        var open = address.Replace("/staff", "", StringComparison.Ordinal);

        foreach (var page in new[] { "/meetings", open, $"{open}/calendar.ics" })
        {
            Assert.DoesNotContain("elia", WebUtility.HtmlDecode(await service.Http.GetStringAsync(page, Cancel)), StringComparison.Ordinal);
        }
        using var reader = await service.SignInAsync(Reader);
        Assert.DoesNotContain("delia@example.org", await reader.GetStringAsync(address, Cancel), StringComparison.Ordinal);
    }

    private static (string, string)[] Fields(params (string Name, string Value)[] own)
    {
        var fields = new Dictionary<string, string>
        {
            ["kind"] = "Forum",
            ["activity"] = "tables-method",
            ["title"] = "",
            ["date"] = "2019-06-10",
            ["from"] = "09:00",
            ["to"] = "12:00",
            ["place"] = "Sede de la ANTAI",
            ["agenda"] = "1. Método",
        };
        own.ToList().ForEach(field => fields[field.Name] = field.Value);
        return [.. fields.Select(field => (field.Key, field.Value))];
    }

    private static async Task<string> AnnounceAsync(HttpClient staff, params (string, string)[] own)
    {
        var answer = await staff.PostAsync("/staff/meetings", Form(Fields(own)), Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task DoneAsync(HttpClient staff, string address, params (string, string)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await staff.PostAsync(address, Form(fields), Cancel)).StatusCode);

    private static async Task<string> RefusedAsync(HttpClient staff, string address, params (string, string)[] fields)
    {
        var refused = await staff.PostAsync(address, Form(fields), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        return await refused.ReadAsync();
    }

    private async Task<JsonElement> OnlyAsync(string mailbox, string subject)
    {
        for (var tries = 0; ; tries++)
        {
            var mails = (await service.MailsAsync(mailbox, 1)).Where(mail => mail.GetProperty("subject").GetString()!.StartsWith(subject, StringComparison.Ordinal)).ToList();
            if (mails.Count > 0 || tries > 100)
            {
                return Assert.Single(mails);
            }
            await Task.Delay(100, Cancel);
        }
    }

    private static string CalendarOf(JsonElement mail) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(mail.GetProperty("attachments").EnumerateArray()).GetProperty("content").GetString()!));

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");
}

/// <summary>In the month of the tables' method.</summary>
public sealed class JuneService() : TestService("2019-06-01T09:00");
