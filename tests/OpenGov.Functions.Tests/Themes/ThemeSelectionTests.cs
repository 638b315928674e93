using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static OpenGov.Functions.StaffSignIn;
using static OpenGov.Functions.Themes.ReviewService;

namespace OpenGov.Functions.Themes;

/// <summary>Activity 3: the forum decides the themes, and every proposal gets its reasoned response.</summary>
public sealed class ThemeSelectionTests(ReviewService service) : IClassFixture<ReviewService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_author_is_told_with_reasons_what_became_of_the_proposal_and_only_then_is_the_deadline_met()
    {
        using var staff = await service.SignInAsync(Secretary);
        using var organiser = await service.SignInAsync();
        await DoneAsync(staff, "/staff/themes", ("name", "Datos abiertos"), ("summary", "Lo que el Estado publica."));
        await DoneAsync(staff, "/staff/themes", ("name", "Datos  abiertos"), ("summary", "Lo que el Estado publica."));
        await DoneAsync(staff, "/staff/themes", ("name", "Deporte"), ("summary", ""));
        await DoneAsync(staff, $"/staff/proposals/{service.CodeOf("carla")}", ("action", "merge"), ("into", service.CodeOf("ana")), ("reason", "Piden lo mismo."), ("asRead", await AsReadAsync(staff, "carla")));
        await DoneAsync(staff, "/staff/proposals/sort", ("act", "marked"), ("into", "T-01"), ("code", service.CodeOf("ana")), ("code", service.CodeOf("ben")));
        await DoneAsync(staff, "/staff/proposals/sort", ("act", "marked"), ("into", "T-02"), ("code", service.CodeOf("dario")));

        // Not before the forum has decided.
        Assert.Contains("Falta registrar la decisión", await RefusedAsync(staff, "/staff/themes/T-01", ("act", "answer"), ("outcome", "taken-up"), ("reasons", "Sí.")), StringComparison.Ordinal);
        Assert.Contains("no está aprobada", await RefusedAsync(staff, "/staff/themes/T-02", Decision("Joined", into: "T-01")), StringComparison.Ordinal);
        await DoneAsync(staff, "/staff/themes/T-01", Decision("Adopted"));
        await DoneAsync(staff, "/staff/themes/T-02", Decision("NotAdopted"));
        Assert.Contains("Solo se recoge", await RefusedAsync(staff, "/staff/themes/T-02", ("act", "answer"), ("outcome", "taken-up"), ("reasons", "Sí.")), StringComparison.Ordinal);

        // One needs words of its own; the others of its theme get the common ones.
        await DoneAsync(staff, $"/staff/proposals/{service.CodeOf("ben")}/answer", ("outcome", "partly-taken-up"), ("reasons", "Los contratos ya se publican; se abre su formato."), ("seen", ""));
        await DoneAsync(staff, "/staff/themes/T-01", ("act", "answer"), ("outcome", "taken-up"), ("reasons", "Se trabajará en las mesas."));
        await DoneAsync(staff, "/staff/themes/T-02", ("act", "answer"), ("outcome", "not-taken-up"), ("reasons", "No es materia de gobierno abierto."));
        foreach (var (author, outcome, words) in new[]
        {
            ("ana", "Recogida", "> Se trabajará en las mesas."), ("carla", "Recogida", "> Se trabajará en las mesas."),
            ("ben", "Partly taken up", "> Los contratos ya se publican"), ("dario", "No recogida", "> No es materia"),
        })
        {
            var told = await ToldAsync(author);
            Assert.Contains(outcome, told, StringComparison.Ordinal);
            Assert.Contains(words, told, StringComparison.Ordinal);
        }

        // Elsa's is under no theme and has no answer: the deadline is not met.
        Assert.Equal("/staff/activities?lacking=responses#responses", (await PostAsync(organiser, "/staff/activities", ("key", "responses"), ("action", "done"))).Headers.Location?.ToString());
        Assert.Contains("1 propuesta sin respuesta razonada", WebUtility.HtmlDecode(await organiser.GetStringAsync("/staff/activities", Cancel)), StringComparison.Ordinal);
        Assert.Contains("Solo se recoge", await RefusedAsync(staff, $"/staff/proposals/{service.CodeOf("elsa")}/answer", ("outcome", "taken-up"), ("reasons", "Sí."), ("seen", "")), StringComparison.Ordinal);
        await DoneAsync(staff, $"/staff/proposals/{service.CodeOf("elsa")}/answer", ("outcome", "not-taken-up"), ("reasons", "Ya existe."), ("seen", ""));
        Assert.Equal("/staff/activities?changed=responses#responses", (await PostAsync(organiser, "/staff/activities", ("key", "responses"), ("action", "done"))).Headers.Location?.ToString());

        // The same sent again sends nothing again; who saw an older answer corrects none.
        await DoneAsync(staff, $"/staff/proposals/{service.CodeOf("elsa")}/answer", ("outcome", "not-taken-up"), ("reasons", "Ya existe."), ("seen", ""));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(staff, $"/staff/proposals/{service.CodeOf("elsa")}/answer", ("outcome", "not-taken-up"), ("reasons", "Otra."), ("seen", ""))).StatusCode);
        Assert.Equal(2, (await service.MailsAsync(MailboxOf("elsa"), 2)).Count);

        var theme = WebUtility.HtmlDecode(await service.Http.GetStringAsync("/themes/T-01?lang=es", Cancel));
        Assert.Contains("Aprobada el jueves 2 de mayo de 2019", theme, StringComparison.Ordinal);
        Assert.Contains(service.CodeOf("carla"), theme, StringComparison.Ordinal);
        Assert.Contains("No es materia de gobierno abierto.", WebUtility.HtmlDecode(await service.Http.GetStringAsync($"/proposals/{service.CodeOf("dario")}", Cancel)), StringComparison.Ordinal);
        var found = await service.Http.GetFromJsonAsync<JsonElement>("/api/proposals?theme=T-01&status=taken-up", Cancel);
        var shown = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal((service.CodeOf("ana"), "Se trabajará en las mesas."), (shown.GetProperty("code").GetString(), shown.GetProperty("response").GetProperty("reasons").GetString()));
    }

    private static (string, string)[] Decision(string outcome, string into = "") =>
    [
        ("act", "decide"), ("outcome", outcome), ("into", into), ("reasons", "Así lo acordó la Comisión."), ("minutes", "Acta del 2 de mayo de 2019"), ("decidedOn", "2019-05-02"),
    ];

    private async Task<string> ToldAsync(string author)
    {
        for (var tries = 0; ; tries++)
        {
            var texts = (await service.MailsAsync(MailboxOf(author), 1)).Select(mail => mail.GetProperty("text").GetString()!).Where(text => text.Contains("> ", StringComparison.Ordinal)
                && (text.Contains("RESPUESTA A SU", StringComparison.Ordinal) || text.Contains("ANSWER TO YOUR", StringComparison.Ordinal))).ToList();
            if (texts.Count > 0 || tries > 100)
            {
                return Assert.Single(texts);
            }
            await Task.Delay(100, Cancel);
        }
    }

    private async Task<string> AsReadAsync(HttpClient staff, string author)
    {
        var page = WebUtility.HtmlDecode(await staff.GetStringAsync($"/staff/proposals/{service.CodeOf(author)}", Cancel));
        var start = page.IndexOf("name=\"asRead\" value=\"", StringComparison.Ordinal) + "name=\"asRead\" value=\"".Length;
        return page[start..page.IndexOf("\" />", start, StringComparison.Ordinal)];
    }

    private static async Task DoneAsync(HttpClient staff, string address, params (string, string)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(staff, address, fields)).StatusCode);

    private static async Task<string> RefusedAsync(HttpClient staff, string address, params (string, string)[] fields)
    {
        var refused = await PostAsync(staff, address, fields);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        return await refused.ReadAsync();
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient staff, string address, params (string, string)[] fields) => staff.PostAsync(address, Form(fields), Cancel);
}
