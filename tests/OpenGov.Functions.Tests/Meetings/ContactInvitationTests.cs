using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenGov.Functions.Meetings.Registration;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Meetings;

/// <summary>Activity 4: people join the contact list by consent, are invited to what concerns them, and leave with one click.</summary>
public sealed partial class ContactInvitationTests(OutreachService service) : IClassFixture<OutreachService>, IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>A mailbox gets only so many sign-in links an hour.</summary>
    public async ValueTask InitializeAsync() => await service.AdvanceByAsync("PT21M");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Contacts_of_a_part_are_invited_once_hear_of_the_change_and_who_leaves_hears_nothing_more()
    {
        using var staff = await service.SignInAsync(Secretary);
        await JoinAsync("ana.lista@example.org", ("name", "Ana Lista"), ("sector", "academia"), ("territory", "PA-4"));
        await JoinAsync("beto.lista@example.org", ("name", "Beto Lista"), ("sector", "academia"), ("territory", "PA-8"), ("consent", "yes"));
        await JoinAsync("carla.lista@example.org", ("territory", "PA-4"), ("sector", "private"));
        await AskAsync("nunca.lista@example.org", ("invitations", "yes"), ("name", "Nunca Confirmada"), ("territory", "PA-4"));
        var meeting = await staff.AnnounceEventAsync("Feria con lista");
        var desk = $"/staff/meetings/{meeting}";
        Assert.Contains("Ningún contacto", await staff.RefusedAsync(desk, ("act", "invite"), ("group", "contacts"), ("contact-sector", "public"), ("guests", "")), StringComparison.Ordinal);

        for (var times = 0; times < 2; times++)
        {
            await staff.DoneAsync(desk, ("act", "invite"), ("group", "contacts"), ("contact-sector", "academia"), ("guests", ""));
        }
        var invitation = Assert.Single(await AboutAsync("ana.lista@example.org", "Feria con lista", 1));
        var text = invitation.GetProperty("text").GetString()!;
        var headers = invitation.GetProperty("headers");
        Assert.Equal("List-Unsubscribe=One-Click", headers.GetProperty("List-Unsubscribe-Post").GetString());
        var leave = headers.GetProperty("List-Unsubscribe").GetString()!.Trim('<', '>');
        Assert.Contains(leave, text, StringComparison.Ordinal);
        Assert.Contains($"/meetings/{meeting}/register", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/r?t=", text, StringComparison.Ordinal);
        Assert.Empty(await AboutAsync("carla.lista@example.org", "Feria con lista", 0));
        await staff.DoneAsync(desk, ("act", "invite"), ("group", "contacts"), ("contact-territory", "PA-4"), ("guests", ""));
        Assert.Single(await AboutAsync("carla.lista@example.org", "Feria con lista", 1));
        var parts = await staff.ReadAsync(desk);
        Assert.Contains("Academia, Todo el país · lunes 6 de mayo de 2019", parts, StringComparison.Ordinal);
        Assert.Contains("Todos los sectores, Chiriquí · lunes 6 de mayo de 2019", parts, StringComparison.Ordinal);

        // Who registers is told as such; who joins later was not invited.
        await service.Http.RegisterAsync(meeting, ("name", "Carla"), ("email", "carla.lista@example.org"));
        await JoinAsync("tarde.lista@example.org", ("sector", "academia"));
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync(leave, Cancel)).StatusCode);
        Assert.Contains("Ana Lista", await staff.ReadAsync("/staff/contacts"), StringComparison.Ordinal);
        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync(leave, Form(("List-Unsubscribe", "One-Click")), Cancel)).StatusCode);
        }
        Assert.DoesNotContain("Ana Lista", await staff.ReadAsync("/staff/contacts"), StringComparison.Ordinal);
        await staff.DoneAsync(desk, ("act", "cancel"), ("reason", "Llueve."));

        Assert.Equal(2, (await AboutAsync("beto.lista@example.org", "Feria con lista", 2)).Count);
        Assert.Equal(3, (await AboutAsync("carla.lista@example.org", "Feria con lista", 3)).Count);
        Assert.Single(await AboutAsync("ana.lista@example.org", "Feria con lista", 1));
        Assert.Empty(await AboutAsync("tarde.lista@example.org", "Feria con lista", 0));
        Assert.Empty(await AboutAsync("nunca.lista@example.org", "Feria con lista", 0));
    }

    [Fact]
    public async Task Who_leaves_the_invitations_keeps_the_notices_and_the_other_way_round()
    {
        await JoinAsync("ambas@example.org", ("consent", "yes"), ("name", "Ambas Cosas"));
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Feria de ambas");
        await staff.DoneAsync($"/staff/meetings/{meeting}", ("act", "invite"), ("group", "contacts"), ("guests", ""));
        var leave = (await AboutAsync("ambas@example.org", "Feria de ambas", 1))[0].GetProperty("headers").GetProperty("List-Unsubscribe").GetString()!.Trim('<', '>');

        var left = await (await service.Http.PostAsync(leave, Form(("List-Unsubscribe", "One-Click")), Cancel)).ReadAsync();
        Assert.Contains("Ya no recibirá invitaciones", left, StringComparison.Ordinal);
        Assert.Contains("Sigue recibiendo los avisos", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Ambas Cosas", await staff.ReadAsync("/staff/contacts"), StringComparison.Ordinal);
        var rest = Token().Match(left).Groups[1].Value;
        var all = await (await service.Http.PostAsync("/unsubscribe", Form(("t", rest)), Cancel)).ReadAsync();
        Assert.Contains("Ya no recibirá avisos", all, StringComparison.Ordinal);
        Assert.Contains("Borramos su correo", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_registers_and_wants_invitations_is_asked_by_mail_and_joins_only_by_confirming_it()
    {
        using var staff = await service.SignInAsync(Secretary);
        var meeting = await staff.AnnounceEventAsync("Feria que suma contactos");
        await service.Http.RegisterAsync(meeting, ("name", "Delia Suma"), ("organization", "Fundación Suma"), ("territory", "PA-KY"), ("email", "delia.suma@example.org"), ("invitations", "yes"));
        var asked = Assert.Single(await AboutAsync("delia.suma@example.org", "Confirme que quiere recibir invitaciones", 1));
        Assert.DoesNotContain("Delia Suma", await staff.ReadAsync("/staff/contacts"), StringComparison.Ordinal);

        await ConfirmAsync(asked);

        Assert.Contains("Fundación Suma", await staff.ReadAsync("/staff/contacts?territory=PA-KY&sector=citizen"), StringComparison.Ordinal);
        Assert.DoesNotContain("Fundación Suma", await staff.ReadAsync("/staff/contacts?territory=PA-KY&sector=academia"), StringComparison.Ordinal);
        Assert.Contains("delia.suma@example.org", await staff.GetStringAsync("/staff/contacts.csv?territory=PA-KY", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("delia.suma@example.org", await staff.GetStringAsync("/staff/contacts.csv?territory=PA-1", Cancel), StringComparison.Ordinal);
        using var reader = await service.SignInAsync(Reader);
        Assert.DoesNotContain("uma", await reader.ReadAsync("/staff/contacts"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/staff/contacts.csv", Cancel)).StatusCode);
    }

    private async Task AskAsync(string mailbox, params (string Name, string Value)[] fields) =>
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync("/subscribe", Form([("email", mailbox), .. fields]), Cancel)).StatusCode);

    private async Task JoinAsync(string mailbox, params (string Name, string Value)[] fields)
    {
        await AskAsync(mailbox, [("invitations", "yes"), .. fields]);
        await ConfirmAsync(Assert.Single(await service.MailsAsync(mailbox, 1)));
    }

    private async Task ConfirmAsync(JsonElement mail) =>
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync("/subscribe/confirm", Form(("t", OptIn().Match(mail.GetProperty("text").GetString()!).Groups[1].Value)), Cancel)).StatusCode);

    /// <summary>The mails of which the subject says it, once there are as many, or a little later.</summary>
    private async Task<IReadOnlyList<JsonElement>> AboutAsync(string mailbox, string subject, int count)
    {
        for (var tries = 0; ; tries++)
        {
            var mails = (await service.MailsAsync(mailbox, 0)).Where(mail => mail.GetProperty("subject").GetString()!.Contains(subject, StringComparison.Ordinal)).ToList();
            if ((mails.Count >= count && tries > 9) || tries > 100)
            {
                return mails;
            }
            await Task.Delay(100, Cancel);
        }
    }

    [GeneratedRegex(@"/subscribe/confirm\?t=(\S+)")]
    private static partial Regex OptIn();

    [GeneratedRegex("""name="t" value="([^"]+)""")]
    private static partial Regex Token();
}
