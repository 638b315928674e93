using System.Net;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Storage;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Activity 4: anybody takes a place at an event, with or without an address, and gives it back.</summary>
public sealed class RegistrationTests(OutreachService service) : IClassFixture<OutreachService>, IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>A mailbox gets only so many sign-in links an hour.</summary>
    public async ValueTask InitializeAsync() => await service.AdvanceByAsync("PT21M");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Who_leaves_an_address_gets_the_place_confirmed_with_the_calendars_file_and_a_link_to_give_it_back()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Feria de datos", ("places", "1"));
        Assert.Contains("Queda un lugar", await service.Http.ReadAsync($"/meetings/{meeting}?lang=es"), StringComparison.Ordinal);

        var page = await service.Http.RegisterAsync(meeting, ("email", "ana.datos@example.org"));
        Assert.Equal($"/meetings/{meeting}/registered", page);
        Assert.DoesNotContain("Ana", await service.Http.ReadAsync(page), StringComparison.Ordinal);
        var mail = Assert.Single(await service.MailsAsync("ana.datos@example.org", 1));
        var calendar = Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(mail.GetProperty("attachments").EnumerateArray()).GetProperty("content").GetString()!));
        Assert.Contains("METHOD:REQUEST", calendar, StringComparison.Ordinal);
        Assert.Contains("PARTSTAT=ACCEPTED", calendar.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        // Full: whoever comes is told so, and so is whoever has a place.
        Assert.Contains("Ya no quedan lugares", await service.Http.ReadAsync($"/meetings/{meeting}/register?lang=es"), StringComparison.Ordinal);
        Assert.Contains("Ya no quedan lugares", await service.Http.ReadAsync("/meetings?lang=es"), StringComparison.Ordinal);

        // A program that opens the link gives nothing back; a forged one neither.
        var token = PublicEvents.WithdrawalIn(mail);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync($"/meetings/withdraw?t={token}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.PostAsync("/meetings/withdraw", Form(("t", "x" + token)), Cancel)).StatusCode);
        Assert.Contains("1 de 1", await staff.ReadAsync($"/staff/meetings/{meeting}"), StringComparison.Ordinal);
        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync("/meetings/withdraw", Form(("t", token)), Cancel)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/meetings/withdraw?t={token}", Cancel)).StatusCode);
        Assert.Contains("0 de 1", await staff.ReadAsync($"/staff/meetings/{meeting}"), StringComparison.Ordinal);
        await service.Http.RegisterAsync(meeting, ("name", "Beto Paz"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_registration_and_other_words_in_it_are_not_taken_for_the_same()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Charla en la universidad", ("places", "2"));
        var ticket = await service.Http.TicketAsync(meeting);

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => service.Http.SendRegistrationAsync(meeting, ticket)));
        Assert.All(sent, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        var page = Assert.Single(sent.Select(answer => answer.Headers.Location!.ToString()).Distinct());
        var code = await service.Http.PrintedCodeAsync(page);
        Assert.Contains("1 de 2", await staff.ReadAsync($"/staff/meetings/{meeting}/registrations"), StringComparison.Ordinal);
        Assert.Contains(code, await staff.ReadAsync($"/staff/meetings/{meeting}/registrations"), StringComparison.Ordinal);

        // The Back button, and another person of the house: the form is told apart, and sent with the new ticket it counts.
        var other = await service.Http.SendRegistrationAsync(meeting, ticket, ("name", "Beto Ríos"));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("Beto Ríos", await other.ReadAsync(), StringComparison.Ordinal);
        await service.Http.RegisterAsync(meeting, ("name", "Beto Ríos"));

        // A reload when all places are taken still leads to one's own.
        Assert.Equal(page, (await service.Http.SendRegistrationAsync(meeting, ticket)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_same_address_is_one_registration_and_no_page_says_that_it_was_known()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Encuentro juvenil", ("places", "10"));
        var pages = new List<string>();
        foreach (var (mailbox, name) in new[] { ("eva@example.org", "Eva Paz"), ("EVA@example.org", "Otra Persona"), ("eva@example.org", "Eva Paz"), ("eva@example.org", "Eva Paz"), ("nueva@example.org", "Nueva") })
        {
            pages.Add(await service.Http.RegisterAsync(meeting, ("email", mailbox), ("name", name)));
        }

        Assert.Single(pages.Distinct());
        Assert.Contains("2 de 10", await staff.ReadAsync($"/staff/meetings/{meeting}"), StringComparison.Ordinal);
        var registrations = await staff.ReadAsync($"/staff/meetings/{meeting}/registrations");
        Assert.Contains("Eva Paz", registrations, StringComparison.Ordinal);
        Assert.DoesNotContain("Otra Persona", registrations, StringComparison.Ordinal);
        // Its mailbox hears it again, but cannot be flooded.
        await Task.Delay(1000, Cancel);
        Assert.Equal(3, (await service.MailsAsync("eva@example.org", 3)).Count);
    }

    [Fact]
    public async Task Of_many_who_want_the_last_places_at_once_as_many_get_them_as_there_are()
    {
        const int Places = 3;
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Taller con cupo", ("places", $"{Places}"));
        var tickets = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => service.Http.TicketAsync(meeting)));

        var answers = await Task.WhenAll(tickets.Select((ticket, number) => service.Http.SendRegistrationAsync(meeting, ticket, ("name", $"Persona {number}"), ("email", number % 2 == 0 ? "" : $"persona{number}@example.org"))));

        Assert.Equal(Places, answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.SeeOther), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Contains($"{Places} de {Places}", await staff.ReadAsync($"/staff/meetings/{meeting}"), StringComparison.Ordinal);
        Assert.Equal(Places, (await staff.ReadAsync($"/staff/meetings/{meeting}/registrations")).Split("id=\"registration-").Length - 1);
    }

    [Fact]
    public async Task Staff_change_a_meeting_while_people_register_and_neither_undoes_the_other()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Mesa abierta");
        var tickets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.Http.TicketAsync(meeting)));

        var registering = tickets.Select((ticket, number) => service.Http.SendRegistrationAsync(meeting, ticket, ("name", $"Persona {number}"))).ToList();
        await staff.DoneAsync($"/staff/meetings/{meeting}", ("act", "attend"), ("sector-citizen", "7"));
        await Task.WhenAll(registering);

        var page = await staff.ReadAsync($"/staff/meetings/{meeting}");
        Assert.Contains("Personas inscritas que vinieron", page, StringComparison.Ordinal);
        Assert.Equal(8, page.Split("name=\"present\"").Length - 1);
        Assert.Contains("Asistieron 7 personas", await service.Http.ReadAsync($"/meetings/{meeting}?lang=es"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", " ")]
    [InlineData("name", "Ana\r\nRíos")]
    [InlineData("sector", "aliens")]
    [InlineData("territory", "XX")]
    [InlineData("email", "ana@")]
    [InlineData("email", "ana@example.org\r\nBcc: otra@example.org")]
    [InlineData("consent", "")]
    [InlineData("invitations", "yes")]
    [InlineData("ticket", "forged")]
    public async Task What_is_wrong_is_said_with_all_that_was_typed_and_takes_no_place(string field, string value)
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync($"Feria con {field} «{value.Length}»", ("places", "5"));

        var refused = await service.Http.SendRegistrationAsync(meeting, await service.Http.TicketAsync(meeting), ("organization", "Fundación <script>"), (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Fundación &lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("0 de 5", await staff.ReadAsync($"/staff/meetings/{meeting}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_registers_for_what_has_begun_was_cancelled_takes_none_or_is_not_there_nor_from_another_site_and_programs_take_no_place()
    {
        using var staff = await service.SignInAsync(Secretary);
        var begun = await staff.AnnounceEventAsync("Feria de ayer", ("date", "2019-05-05"));
        Assert.Contains("Las inscripciones cerraron", await service.Http.ReadAsync($"/meetings/{begun}/register?lang=es"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/meetings/{begun}/register", await service.Http.ReadAsync("/meetings"), StringComparison.Ordinal);
        var meeting = await staff.AnnounceEventAsync("Feria que se cancela");
        var ticket = await service.Http.TicketAsync(meeting);
        Assert.Equal(HttpStatusCode.Conflict, (await service.Http.SendRegistrationAsync(begun, ticket)).StatusCode);

        Assert.Equal($"/meetings/{meeting}/registered", (await service.Http.SendRegistrationAsync(meeting, ticket, ("website", "https://spam.example"))).Headers.Location!.ToString());
        using var foreign = new HttpRequestMessage(HttpMethod.Post, $"/meetings/{meeting}/register") { Content = Form(("ticket", ticket)), Headers = { { "Origin", "https://elsewhere.example" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Http.SendAsync(foreign, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await service.Http.SendRegistrationAsync(meeting, ticket, ("name", new string('a', 70_000)))).StatusCode);
        Assert.Contains("Personas inscritas: 0", await staff.ReadAsync($"/staff/meetings/{meeting}/registrations"), StringComparison.Ordinal);

        await staff.DoneAsync($"/staff/meetings/{meeting}", ("act", "cancel"), ("reason", "Llueve."));
        Assert.Contains("se canceló", await service.Http.ReadAsync($"/meetings/{meeting}/register?lang=es"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await service.Http.SendRegistrationAsync(meeting, ticket)).StatusCode);
        var closed = await staff.AnnounceEventAsync("Feria sin inscripción", ("registers", ""));
        foreach (var code in new[] { closed, "R-999" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/meetings/{code}/register", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await service.Http.SendRegistrationAsync(code, ticket)).StatusCode);
        }
    }

    [Fact]
    public async Task Nothing_of_who_registers_is_public_or_in_the_record()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Feria discreta");
        var page = await service.Http.RegisterAsync(meeting, ("name", "Querube Oculta"), ("organization", "Fundación Oculta"), ("territory", "PA-KY"));
        await service.Http.RegisterAsync(meeting, ("name", "Querube Oculta"), ("email", "querube.oculta@example.org"));
        await staff.DoneAsync($"/staff/meetings/{meeting}", ("act", "attend"), ("present", await service.Http.PrintedCodeAsync(page)));

        foreach (var open in new[] { "/meetings", $"/meetings/{meeting}", $"/meetings/{meeting}/calendar.ics", $"/meetings/{meeting}/register", $"/meetings/{meeting}/registered", "/participation" })
        {
            Assert.DoesNotContain("oculta@", await service.Http.ReadAsync(open), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Querube", await service.Http.ReadAsync(open), StringComparison.OrdinalIgnoreCase);
        }
        using var reader = await service.SignInAsync(Reader);
        Assert.DoesNotContain("Querube", await reader.ReadAsync($"/staff/meetings/{meeting}"), StringComparison.Ordinal);
        foreach (var closed in new[] { $"/staff/meetings/{meeting}/registrations", $"/staff/meetings/{meeting}/registrations.csv" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(closed, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.SeeOther, (await service.Http.GetAsync(closed, Cancel)).StatusCode);
        }
        var events = await service.Services.GetRequiredService<StorageClients>().Table(Tables.Meetings)
            .QueryAsync<TableEntity>(row => row.RowKey.CompareTo("E!") >= 0 && row.RowKey.CompareTo("E!~") < 0, cancellationToken: Cancel).Select(row => row.GetString("Json0")).ToListAsync(Cancel);
        Assert.Contains(events, told => told.Contains("meeting-registered", StringComparison.Ordinal) && told.Contains("PA-KY", StringComparison.Ordinal));
        Assert.DoesNotContain(events, told => told.Contains("culta", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Staff_register_who_calls_mark_who_came_and_count_the_others_and_nobody_is_counted_twice()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Feria de abril", ("date", "2019-05-06"), ("from", "06:00"), ("to", "08:00"), ("places", "3"));
        var desk = $"/staff/meetings/{meeting}/registrations";
        async Task<string> TicketAsync() => (await BlackBox.WebForm.ReadAsync(await staff.GetAsync(desk, Cancel))).QuerySelector("[name=ticket]")!.GetAttribute("value")!;
        (string, string)[] Person(string ticket, string name, string sector, string territory, string taken = "paper") =>
            [("act", "register"), ("ticket", ticket), ("name", name), ("sector", sector), ("territory", territory), ("taken", taken), ("consent", "yes")];

        // The sheets of the entrance are typed in after it.
        var ticket = await TicketAsync();
        await staff.DoneAsync(desk, Person(ticket, "=Ana", "citizen", "PA-8"));
        await staff.DoneAsync(desk, Person(ticket, "=Ana", "citizen", "PA-8"));
        await staff.DoneAsync(desk, Person(await TicketAsync(), "Beto", "academia", "PA-8", "phone"));
        await staff.DoneAsync(desk, Person(await TicketAsync(), "Carla", "citizen", ""));
        Assert.Contains("Elija cómo se inscribió", await staff.RefusedAsync(desk, Person(await TicketAsync(), "Delia", "citizen", "", "")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await staff.PostAsync(desk, Form(Person(await TicketAsync(), "Delia", "citizen", "")), Cancel)).StatusCode);
        Assert.Contains("ninguna inscripción", await staff.RefusedAsync(desk, ("act", "withdraw"), ("code", "000000000")), StringComparison.OrdinalIgnoreCase);

        var csv = await staff.GetStringAsync($"{desk}.csv", Cancel);
        Assert.Contains("'=Ana", csv, StringComparison.Ordinal);
        var codes = csv.Split("\r\n").Skip(1).Where(line => line.Length > 0).ToDictionary(line => line.Split(',')[1].Trim('\'', '"'), line => line.Split(',')[0]);
        Assert.Contains("Ya hay 3 lugares ocupados", await staff.RefusedAsync($"/staff/meetings/{meeting}", ("act", "edit"), ("kind", "Outreach"), ("activity", "outreach"), ("title", "Feria de abril"), ("date", "2019-05-06"), ("from", "06:00"), ("to", "08:00"), ("place", "David"), ("registers", "yes"), ("places", "2")), StringComparison.Ordinal);
        await staff.DoneAsync($"/staff/meetings/{meeting}", ("act", "attend"), ("present", codes["=Ana"]), ("present", codes["Carla"]), ("sector-citizen", "10"), ("sector-private", "1"));

        var open = await service.Http.ReadAsync($"/meetings/{meeting}?lang=es");
        Assert.Contains("Asistieron 13 personas", open, StringComparison.Ordinal);
        foreach (var group in new[] { "Ciudadanía: 12", "Sector privado: 1", "Panamá: 1", "No lo dijeron: 12" })
        {
            Assert.Contains($"<li>{group}</li>", open, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Academia", open, StringComparison.Ordinal);
        Assert.Contains("Además, 2 con inscripción", await staff.ReadAsync($"/staff/meetings/{meeting}"), StringComparison.Ordinal);
        Assert.Contains("Feria de abril: se inscribieron 3 personas y asistieron 13", await staff.ReadAsync("/staff/activity/outreach"), StringComparison.Ordinal);

        // What staff marked stands when one who came is forgotten.
        await staff.DoneAsync(desk, ("act", "withdraw"), ("code", codes["=Ana"].ToLowerInvariant()));
        Assert.DoesNotContain("=Ana", await staff.ReadAsync(desk), StringComparison.Ordinal);
        await staff.DoneAsync($"/staff/meetings/{meeting}", ("act", "attend"), ("present", codes["=Ana"]), ("present", codes["Carla"]), ("sector-citizen", "11"));
        Assert.Contains("Asistieron 13 personas", await service.Http.ReadAsync($"/meetings/{meeting}?lang=es"), StringComparison.Ordinal);
    }
}
