using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenGov.Functions.Stories;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Liaisons;

public sealed class JulyService() : TestService("2019-07-08T09:00");

/// <summary>Activity 7: each institution names its liaisons, theme by theme.</summary>
public sealed class DesignationTests(JulyService service) : IClassFixture<JulyService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_authority_names_a_principal_and_an_alternate_for_each_of_its_themes_and_they_are_told()
    {
        using var staff = await service.SignInAsync();
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "MEF", "AIG");
        await staff.AdoptThemeAsync("T-02", "Presupuesto", "MEF");
        Assert.Contains("Designaciones por solicitar: 3", await staff.ReadAsync("/staff/activities"), StringComparison.Ordinal);

        // The same button twice sends once.
        for (var times = 0; times < 2; times++)
        {
            var sent = await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "designation", due = "2019-07-31", to = new[] { "MEF", "AIG" } }, Cancel);
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
            Assert.Equal(["001-2019", "002-2019"], (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("requests").EnumerateArray().Select(nota => nota.GetProperty("id").GetString()).Order());
        }
        Assert.Equal(HttpStatusCode.Conflict, (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "designation", due = "2019-07-30", to = new[] { "MEF" } }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "designation", due = "2019-07-31", to = new[] { "MIDES" } }, Cancel)).StatusCode);

        var link = await LinkAsync(service, "MEF");
        Assert.Contains("T-02 · Presupuesto", await service.Http.ReadAsync($"/r?t={link}"), StringComparison.Ordinal);
        var refused = await PostAsync(service, link, [.. Named("T-01", "Ana Ríos", "Ana Ríos"), .. Named("T-02", "Luis Paz", "Eva Sol")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("debe ser otra persona", await refused.ReadAsync(), StringComparison.Ordinal);
        await AnswerAsync(link, 1, [.. Named("T-01", "Ana Ríos", "Eva Sol"), .. Named("T-02", "Ana Ríos", "Eva Sol")]);

        // Each is told once, of all the themes; the public reads names and no addresses.
        var told = Assert.Single(await service.MailsAsync(Address("Ana Ríos"), 1));
        Assert.Contains("T-01 · Datos abiertos", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("T-02 · Presupuesto", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        foreach (var page in new[] { "/liaisons?lang=es", "/requests?lang=es", "/api/requests" })
        {
            var shown = await service.Http.ReadAsync(page);
            Assert.Contains("Ana Ríos", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Address("Ana Ríos"), shown, StringComparison.Ordinal);
        }
        Assert.Contains(Address("Eva Sol"), await staff.ReadAsync("/staff/liaisons"), StringComparison.Ordinal);

        // A correction names another person for one theme: only who is new hears of it.
        await AnswerAsync(link, 2, [.. Named("T-01", "Rita Mora", "Eva Sol"), .. Named("T-02", "Ana Ríos", "Eva Sol")]);
        Assert.Contains("T-01 · Datos abiertos", Assert.Single(await service.MailsAsync(Address("Rita Mora"), 1)).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(await service.MailsAsync(Address("Ana Ríos"), 1));
        Assert.Single(await service.MailsAsync(Address("Eva Sol"), 1));

        // Who does not answer is seen by everybody, and holds nobody up.
        await service.AdvanceToAsync("2019-08-01T09:00");
        Assert.Contains("sin respuesta a la fecha", await service.Http.ReadAsync("/liaisons?lang=es"), StringComparison.Ordinal);
        Assert.Contains("no answer by the date", await service.Http.ReadAsync("/liaisons?lang=en"), StringComparison.Ordinal);
        await staff.DoneAsync("/staff/activities", ("key", "liaisons"), ("action", "done"));
    }

    private static string Address(string name) => $"{name.Split(' ')[0].ToLowerInvariant()}@mef.example.org";

    private static (string, string)[] Named(string theme, string principal, string alternate) =>
    [
        .. Answer(theme, "designate", ("principal", principal), ("principal-office", "Directora"), ("principal-email", Address(principal)),
            ("alternate", alternate), ("alternate-office", "Asesora"), ("alternate-email", Address(alternate))).SkipLast(2),
        .. theme == "T-02" ? [("name", "Ana Ríos"), ("office", "Secretaría del Despacho")] : Array.Empty<(string, string)>(),
    ];

    private async Task AnswerAsync(string link, int codes, (string, string)[] answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, answer)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, await CodeAsync(service, "MEF", codes))).StatusCode);
    }
}
