using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OpenGov.LocalHost;

public sealed class SandboxTests(SharedHost shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task The_mailbox_holds_every_field_newest_first()
    {
        await SendAsync(Message("fields@example.org", "First"));
        await SendAsync(Message("fields@example.org", "Second"));

        var mails = await MailboxAsync("fields@example.org");

        Assert.Equal(["Second", "First"], mails.Select(mail => mail.GetProperty("subject").GetString()!));
        Assert.Equal(["id", "to", "from", "subject", "text", "html", "headers", "attachments", "customArgs", "at"], mails[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("Antai <antai@example.org>", mails[0].GetProperty("from").GetString());
        Assert.Equal("e-1", mails[0].GetProperty("customArgs").GetProperty("effect_id").GetString());
        Assert.Equal("a.txt", mails[0].GetProperty("attachments")[0].GetProperty("filename").GetString());
        Assert.Equal(TimeSpan.FromHours(-5), mails[0].GetProperty("at").GetDateTimeOffset().Offset);
    }

    [Theory]
    [InlineData("\"personalizations\"", "personalizations")]
    [InlineData("\"to\"", "personalizations.0.to")]
    [InlineData("\"from\"", "from.email")]
    [InlineData("\"subject\"", "subject")]
    [InlineData("\"content\"", "content")]
    [InlineData("refused@example.org", "personalizations.0.to.0.email")]
    public async Task What_SendGrid_refuses_is_refused_with_the_field(string missing, string field)
    {
        var answer = await SendAsync(Message("refused@example.org", "x").Replace(missing, missing.Contains('@', StringComparison.Ordinal) ? "nobody" : "\"other\"", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(field, body.RootElement.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Faults_meet_the_next_mails_in_their_order()
    {
        var planned = await FaultsAsync("""{"sendgrid":[{"status":429,"retryAfter":2,"times":2},{"cutAfterAccept":true},{"event":"bounce","to":"f@example.org"}]}""");
        Assert.Equal(HttpStatusCode.NoContent, planned.StatusCode);

        var (first, second) = (await SendAsync(Message("faults@example.org", "1")), await SendAsync(Message("faults@example.org", "2")));

        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], [first.StatusCode, second.StatusCode]);
        Assert.Equal(TimeSpan.FromSeconds(2), first.Headers.RetryAfter!.Delta);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(Message("faults@example.org", "3")));
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(Message("faults@example.org", "4"))).StatusCode);
        Assert.Equal(["4", "3"], (await MailboxAsync("faults@example.org")).Select(mail => mail.GetProperty("subject").GetString()!));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"sendgrid":[{"status":200}]}""")]
    [InlineData("""{"sendgrid":[{"times":2}]}""")]
    [InlineData("""{"sendgrid":[{"event":"holiday"}]}""")]
    [InlineData("""{"sendgrid":[{"sttus":500}]}""")]
    [InlineData("""{"sendgrid":[{"status":500,"event":"bounce"}]}""")]
    [InlineData("""{"sendgrid":[{"status":500,"to":"a@example.org"}]}""")]
    public async Task A_plan_of_faults_that_is_not_understood_is_refused(string plan) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await FaultsAsync(plan)).StatusCode);

    [Fact]
    public async Task A_mail_without_a_key_is_refused()
    {
        var answer = await Http.PostAsync("/v3/mail/send", new StringContent(Message("k@example.org", "x")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string Message(string to, string subject) => $$$"""
        {"personalizations":[{"to":[{"email":"{{{to}}}"}],"custom_args":{"effect_id":"e-1"}}],"from":{"email":"antai@example.org","name":"Antai"},"subject":"{{{subject}}}",
        "content":[{"type":"text/plain","value":"Text"},{"type":"text/html","value":"<p>Html</p>"}],"headers":{"Message-ID":"<1@x>"},
        "attachments":[{"filename":"a.txt","type":"text/plain","content":"QQ=="}]}
        """;

    private Task<HttpResponseMessage> FaultsAsync(string plan) => Http.PostAsync("/dev/faults", new StringContent(plan), TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> SendAsync(string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/mail/send") { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "SG.test");
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<List<JsonElement>> MailboxAsync(string to) =>
        JsonSerializer.Deserialize<List<JsonElement>>(await Http.GetStringAsync($"/dev/mailbox.json?to={to}", TestContext.Current.CancellationToken))!;
}
