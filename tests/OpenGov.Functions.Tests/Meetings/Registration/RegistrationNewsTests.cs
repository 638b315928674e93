using System.Net;
using System.Text.Json;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Who registered with an address hears what guests hear.</summary>
public sealed class RegistrationNewsTests(OutreachService service) : IClassFixture<OutreachService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_registered_hears_once_that_the_meeting_moved_is_near_or_is_cancelled_and_who_withdrew_hears_nothing()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Feria del libro abierto", ("date", "2019-05-15"));
        await service.Http.RegisterAsync(meeting, ("name", "Ana"), ("email", "ana.libro@example.org"));
        await service.Http.RegisterAsync(meeting, ("name", "Beto"), ("email", "beto.libro@example.org"));
        await service.Http.RegisterAsync(meeting, ("name", "Carla"), ("email", "carla.libro@example.org"));
        await staff.DoneAsync($"/staff/meetings/{meeting}", ("act", "invite"), ("guests", "carla.libro@example.org"));
        await WithdrawAsync("beto.libro@example.org");
        // A mail that is still to be written when the meeting moves leaves the word to that of the change.
        await service.MailsAsync("ana.libro@example.org", 1);
        await service.MailsAsync("carla.libro@example.org", 2);

        await EditAsync(staff, meeting, ("from", "10:00"));
        await service.Http.RegisterAsync(meeting, ("name", "Delia"), ("email", "delia.libro@example.org"));
        await service.AdvanceToAsync("2019-05-14T12:00");
        Assert.Equal(["Cambió la reunión", "Próximamente", "Su lugar está reservado"], await SubjectsAsync("ana.libro@example.org", 3));
        Assert.Equal(["Su lugar está reservado"], await SubjectsAsync("beto.libro@example.org", 1));
        // A guest who registered too is told as a guest.
        Assert.Equal(["Cambió la reunión", "Invitación", "Próximamente", "Su lugar está reservado"], await SubjectsAsync("carla.libro@example.org", 4));
        Assert.Equal(["Próximamente", "Su lugar está reservado"], await SubjectsAsync("delia.libro@example.org", 2));
        var reminder = (await service.MailsAsync("ana.libro@example.org", 3)).First(mail => mail.GetProperty("text").GetString()!.Contains("Es el miércoles 15 de mayo de 2019, 10:00–12:00", StringComparison.Ordinal));
        Assert.NotEqual("", PublicEvents.WithdrawalIn(reminder));

        using var later = await service.SignInAsync(Secretary);
        await later.DoneAsync($"/staff/meetings/{meeting}", ("act", "cancel"), ("reason", "Se fue la luz."));
        var cancelled = (await service.MailsAsync("ana.libro@example.org", 4))[0];
        Assert.StartsWith("Se canceló la reunión", cancelled.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("> Se fue la luz.", cancelled.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(await service.MailsAsync("beto.libro@example.org", 1));
    }

    [Fact]
    public async Task A_registration_may_be_erased_once_the_meeting_has_begun_and_the_link_of_a_registration_is_good_for_nothing_else()
    {
        using var staff = await service.SignInAsync(Organiser);
        var now = (await JsonSerializer.DeserializeAsync<JsonElement>(await service.Http.GetStreamAsync("/dev/clock", Cancel), cancellationToken: Cancel)).GetProperty("now").GetDateTimeOffset();
        var meeting = await staff.AnnounceEventAsync("Feria de mañana", ("date", $"{now.AddDays(1):yyyy-MM-dd}"), ("places", "1"));
        await service.Http.RegisterAsync(meeting, ("name", "Eva Olvidada"), ("email", "eva.olvido@example.org"));
        var token = PublicEvents.WithdrawalIn((await service.MailsAsync("eva.olvido@example.org", 1))[0]);
        await service.AdvanceToAsync($"{now.AddDays(1):yyyy-MM-dd}T13:00");

        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/unsubscribe?t={token}", Cancel)).StatusCode);
        var gone = await service.Http.PostAsync("/meetings/withdraw", Form(("t", token)), Cancel);
        Assert.Contains("Borramos sus datos", await gone.ReadAsync(), StringComparison.Ordinal);
        using var later = await service.SignInAsync(Organiser);
        var registrations = await later.ReadAsync($"/staff/meetings/{meeting}/registrations");
        Assert.Contains("1 de 1", registrations, StringComparison.Ordinal);
        Assert.DoesNotContain("Eva", registrations, StringComparison.Ordinal);
        Assert.DoesNotContain("eva.olvido", registrations, StringComparison.Ordinal);
    }

    private async Task WithdrawAsync(string mailbox)
    {
        var token = PublicEvents.WithdrawalIn((await service.MailsAsync(mailbox, 1))[0]);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync("/meetings/withdraw", Form(("t", token)), Cancel)).StatusCode);
    }

    private static Task EditAsync(HttpClient staff, string meeting, (string Name, string Value) changed)
    {
        var fields = new Dictionary<string, string>
        {
            ["act"] = "edit",
            ["kind"] = "Outreach",
            ["activity"] = "outreach",
            ["title"] = "Feria del libro abierto",
            ["date"] = "2019-05-15",
            ["from"] = "09:00",
            ["to"] = "12:00",
            ["place"] = "Parque Cervantes, David",
            ["territory"] = "PA-4",
            ["registers"] = "yes",
        };
        fields[changed.Name] = changed.Value;
        return staff.DoneAsync($"/staff/meetings/{meeting}", [.. fields.Select(field => (field.Key, field.Value))]);
    }

    /// <summary>How the subjects of its mails begin, in the order of the alphabet.</summary>
    private async Task<IEnumerable<string>> SubjectsAsync(string mailbox, int count) =>
        (await service.MailsAsync(mailbox, count)).Select(mail => mail.GetProperty("subject").GetString()!.Split(": ")[0]).Order(StringComparer.Ordinal);
}
