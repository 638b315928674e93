using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenGov.Functions.Cycles;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff;

public sealed class ConsoleTests(TestService service) : IClassFixture<TestService>, IDisposable
{
    private const string Activity = "methods-meeting";
    private readonly HttpClient http = service.NewPlainClient();

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("/staff/activities")]
    [InlineData("/staff/notices")]
    [InlineData("/staff/institutions")]
    public async Task Who_is_not_signed_in_is_shown_the_way_to_the_sign_in_page(string path)
    {
        var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/staff", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_API_says_401_to_who_is_not_signed_in()
    {
        var answer = await http.GetAsync("/api/staff/notices");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("not-signed-in", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_organiser_marks_an_activity_done_sees_it_confirmed_and_takes_it_back()
    {
        using var organiser = await service.SignInAsync(Organiser);
        await organiser.HoldMeetingAsync(Activity, "2019-01-11");
        var marked = await MarkAsync(organiser, Activity, "done");

        Assert.Equal(HttpStatusCode.SeeOther, marked.StatusCode);
        Assert.Contains("La actividad quedó como realizada", await organiser.GetStringAsync(marked.Headers.Location), StringComparison.Ordinal);
        Assert.Equal("done", await StateAsync());
        Assert.DoesNotContain(await UpcomingAsync(organiser), notice => notice.GetProperty("subject").GetString() == Activity);

        var takenBack = await MarkAsync(organiser, Activity, "undo");

        Assert.Contains("La actividad vuelve a estar pendiente", await organiser.GetStringAsync(takenBack.Headers.Location), StringComparison.Ordinal);
        Assert.Equal("closed", await StateAsync());
    }

    [Theory]
    [InlineData(Reader)]
    [InlineData(Secretary)]
    public async Task Only_an_organiser_marks_an_activity_done(string email)
    {
        using var client = await service.SignInAsync(email);
        var answer = await MarkAsync(client, "theme-selection", "done");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Su función no permite esta acción", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("<button class=\"button secondary\" name=\"action\"", await client.GetStringAsync("/staff/activities"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-activity", "done")]
    [InlineData(Activity, "explode")]
    [InlineData("", "")]
    public async Task What_is_no_activity_or_no_action_is_refused(string key, string action)
    {
        using var client = await service.SignInAsync(Organiser);

        Assert.Equal(HttpStatusCode.BadRequest, (await MarkAsync(client, key, action)).StatusCode);
    }

    [Fact]
    public async Task Notices_are_told_with_a_stable_identity_before_and_after_they_went_out()
    {
        using var client = await service.SignInAsync(Reader);
        await UpcomingAsync(client);
        await service.AdvanceToAsync("2019-04-10T09:00");
        var before = await ReadAsync(client, "2019-04-10", "2019-04-23");
        var planned = before.GetProperty("upcoming").EnumerateArray().First(notice => notice.GetProperty("subject").GetString() == ActivityKeys.Call);
        Assert.Equal("planned", planned.GetProperty("state").GetString());
        Assert.Equal(3, planned.GetProperty("recipients").GetInt32());
        Assert.Equal("closes-7", planned.GetProperty("occasions")[0].GetProperty("name").GetString());

        await service.AdvanceToAsync("2019-04-24T09:00");

        var sent = (await ReadAsync(client, "2019-04-10", "2019-04-24")).GetProperty("sent").EnumerateArray()
            .Single(notice => notice.GetProperty("identity").GetString() == planned.GetProperty("identity").GetString());
        Assert.Equal("sent", sent.GetProperty("state").GetString());
        Assert.Equal(3, sent.GetProperty("recipients").GetInt32());
        Assert.Equal(planned.GetProperty("sendOn").GetString(), sent.GetProperty("sendOn").GetString());
        var page = await client.GetStringAsync("/staff/notices?from=2019-04-10&to=2019-05-10");
        Assert.Contains("Se envió a 3 buzones", page, StringComparison.Ordinal);
        Assert.Contains("lectura@example.org", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2019-02-30", "to")]
    [InlineData("from=2019-05-02&to=2019-05-01", "to")]
    [InlineData("from=0001-01-01", "from")]
    public async Task Dates_that_are_none_are_refused_by_field(string query, string field)
    {
        using var client = await service.SignInAsync(Reader);
        var answer = await client.GetAsync($"/api/staff/notices?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
        var page = await client.GetAsync($"/staff/notices?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains($"href=\"#{field}\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> MarkAsync(HttpClient client, string key, string action) =>
        client.PostAsync("/staff/activities", Form(("key", key), ("action", action)));

    private static Task<JsonElement> ReadAsync(HttpClient client, string from, string to) =>
        client.GetFromJsonAsync<JsonElement>($"/api/staff/notices?from={from}&to={to}");

    /// <summary>All that is planned, once the cycle's notices are.</summary>
    private static async Task<List<JsonElement>> UpcomingAsync(HttpClient client)
    {
        for (var tries = 0; ; tries++)
        {
            var upcoming = (await ReadAsync(client, "2019-02-22", "2019-12-31")).GetProperty("upcoming").EnumerateArray().ToList();
            if (upcoming.Count > 70 || tries > 100)
            {
                return upcoming;
            }
            await Task.Delay(100);
        }
    }

    private async Task<string?> StateAsync() =>
        (await http.GetFromJsonAsync<JsonElement>("/api/chronogram")).GetProperty("activities").EnumerateArray()
            .Single(activity => activity.GetProperty("key").GetString() == Activity).GetProperty("state").GetString();
}
