using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenGov.Functions.BlackBox;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Stories;

/// <summary>The last hour of the call, on Sunday, 28 April.</summary>
public sealed class LastHourService() : TestService("2019-04-28T23:20");

/// <summary>
/// Phones on slow lines at 23:59; 1 May is a holiday; the forum meets on the 2nd. Nothing is lost; themes are decided by
/// the minutes; responses follow by their own date.
/// </summary>
public sealed class ClosingSundayTests(LastHourService service) : IClassFixture<LastHourService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slow_phones_are_heard_the_forum_decides_on_the_second_and_responses_follow_by_their_own_date()
    {
        // A form that was opened in time is sent after midnight, and again as nothing seemed to happen.
        var opened = await service.Http.GetAsync("/proposals/new?lang=es", Cancel);
        var api = await service.Http.PostAsJsonAsync("/api/proposals", new { title = "Escuelas con internet", problem = "No hay señal.", consent = true, author = new { email = "rosa@example.org" } }, Cancel);
        var inTime = (await api.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
        await service.AdvanceToAsync("2019-04-28T23:58");
        var review = await service.Http.SendAsync(await WebForm.ReadAsync(opened), "review", ("title", "Agua en Darién"), ("problem", "Llega dos veces por semana."), ("author.email", "delia@example.org"), ("consent", "true"));
        await service.AdvanceToAsync("2019-04-29T00:09");
        var form = await WebForm.ReadAsync(review);
        var sent = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => service.Http.SendAsync(form, "send")));
        Assert.All(sent, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        var slow = Assert.Single(sent.Select(answer => answer.Headers.Location!.ToString().Split('/', '?')[2]).Distinct());
        Assert.Contains("formulario abierto antes del cierre", await service.Http.ReadAsync($"/proposals/{slow}?lang=es"), StringComparison.Ordinal);
        Assert.Single(await service.MailsAsync("delia@example.org", 1));

        // After the minutes of grace nobody is heard, and everybody reads why.
        await service.AdvanceToAsync("2019-04-29T00:20");
        Assert.False((await service.Http.PostAsJsonAsync("/api/proposals", new { title = "Tarde", problem = "Tarde.", consent = true }, Cancel)).IsSuccessStatusCode);
        Assert.Contains("28 de abril", await ClosedAsync(), StringComparison.Ordinal);

        // Nothing goes out on the holiday; the forum is told before it and on the day.
        await service.AdvanceToAsync("2019-05-02T09:00");
        Assert.DoesNotContain(await service.MailsAsync(Organiser, 1), mail => mail.GetProperty("at").GetString()!.StartsWith("2019-05-01", StringComparison.Ordinal));
        Assert.Contains(await service.MailsAsync(Organiser, 1), mail => mail.GetProperty("at").GetString()!.StartsWith("2019-05-02T08:00", StringComparison.Ordinal) && mail.GetProperty("text").GetString()!.Contains("Escogencia", StringComparison.Ordinal));

        // The themes are decided by the minutes; two working days were too few for the responses, which have a date of their own.
        using var staff = await service.SignInAsync();
        await staff.AdoptThemeAsync("T-01", "Servicios públicos");
        await staff.DoneAsync("/staff/proposals/sort", ("act", "marked"), ("into", "T-01"), ("code", slow));
        await MarkAsync(staff, "theme-selection", "changed");
        await MarkAsync(staff, "responses", "lacking");
        await service.AdvanceToAsync("2019-05-17T09:00");
        using var later = await service.SignInAsync();
        await later.DoneAsync("/staff/themes/T-01", ("act", "answer"), ("outcome", "taken-up"), ("reasons", "Pasa a las mesas de co-creación."));
        await MarkAsync(later, "responses", "lacking");
        await later.DoneAsync($"/staff/proposals/{inTime}/answer", ("outcome", "not-taken-up"), ("reasons", "Ya hay un programa que lo atiende."), ("seen", ""));
        foreach (var (author, words) in new[] { ("delia", "Pasa a las mesas"), ("rosa", "Ya hay un programa") })
        {
            Assert.Single(await service.MailsAsync($"{author}@example.org", 2), mail => mail.GetProperty("text").GetString()!.Contains(words, StringComparison.Ordinal));
        }
        await MarkAsync(later, "responses", "changed");
    }

    private static async Task MarkAsync(HttpClient staff, string key, string outcome)
    {
        var marked = await staff.PostAsync("/staff/activities", Form(("key", key), ("action", "done")), Cancel);
        Assert.Contains($"{outcome}={key}", marked.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> ClosedAsync() => await (await service.Http.GetAsync("/proposals/new?lang=es", Cancel)).ReadAsync();
}
