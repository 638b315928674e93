using System.Net;
using System.Text.RegularExpressions;
using static OpenGov.Functions.StaffSignIn;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Meetings;

public sealed class LateReplyService() : TestService("2019-06-03T09:00");

/// <summary>A guest who answers an invitation that holds no more is told so, and what holds.</summary>
public sealed partial class LateReplyTests(LateReplyService service) : IClassFixture<LateReplyService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private static readonly (string, string)[] Fields =
        [("kind", "Forum"), ("activity", "tables-method"), ("title", "Métodos"), ("date", "2019-06-10"), ("to", "12:00"), ("place", "Sede de la ANTAI"), ("agenda", "1. Método")];

    [Fact]
    public async Task An_invitation_takes_no_answer_once_its_meeting_was_moved_held_or_called_off()
    {
        using var staff = await service.SignInAsync(Secretary);
        var announced = await staff.PostAsync("/staff/meetings", Form([.. Fields, ("from", "09:00")]), Cancel);
        var address = announced.Headers.Location!.ToString();
        await staff.DoneAsync(address, ("act", "invite"), ("guests", "Ana Ríos, ana.invitada@example.org"));
        var first = await LinkAsync("Invitación");
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, first, Answer("R-001", "yes"))).StatusCode);

        await staff.DoneAsync(address, [("act", "edit"), .. Fields, ("from", "10:00")]);
        var moved = await LinkAsync("Cambió");
        Assert.Contains("La reunión cambió: ahora es lunes 10 de junio de 2019, 10:00–12:00, en Sede de la ANTAI", await RefusedAsync(first), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, moved, Answer("R-001", "no"))).StatusCode);

        await service.AdvanceToAsync("2019-06-10T12:01");
        Assert.Contains("La reunión ya se realizó", await RefusedAsync(moved), StringComparison.Ordinal);
        Assert.DoesNotContain("extemporánea", await service.Http.ReadAsync($"/r?t={moved}&lang=es"), StringComparison.Ordinal);

        using var later = await service.SignInAsync(Secretary);
        await later.DoneAsync(address, ("act", "cancel"), ("reason", "No hubo quórum."));
        Assert.Contains("La reunión se canceló: ya no hace falta responder. Motivo: No hubo quórum.", await RefusedAsync(moved), StringComparison.Ordinal);
    }

    /// <summary>What the page says, opened and answered alike.</summary>
    private async Task<string> RefusedAsync(string token)
    {
        var answered = await PostAsync(service, token, [.. Answer("R-001", "somebody-else", ("who", "Beto Paz"))]);
        Assert.Equal(HttpStatusCode.Conflict, answered.StatusCode);
        var refused = await answered.ReadAsync();
        Assert.Contains("Beto Paz", refused, StringComparison.Ordinal);
        return await service.Http.ReadAsync($"/r?t={token}&lang=es") + refused;
    }

    private async Task<string> LinkAsync(string subject)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await service.MailsAsync("ana.invitada@example.org", 1)).FirstOrDefault(mail => Subject(mail).StartsWith(subject, StringComparison.Ordinal)) is { ValueKind: System.Text.Json.JsonValueKind.Object } mail)
            {
                return Token().Match(mail.GetProperty("text").GetString()!).Groups[1].Value;
            }
            await Task.Delay(100, Cancel);
        }
        throw new InvalidOperationException($"No mail '{subject}' came.");
    }

    [GeneratedRegex(@"/r\?t=(\S+)")]
    private static partial Regex Token();
}
