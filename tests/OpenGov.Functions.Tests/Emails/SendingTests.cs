using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;
using Xunit;

namespace OpenGov.Functions.Emails;

public sealed class SendingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DrawnMail Drawn = new(MailStore.KeyOf("digest!1"), "ana@example.org", "Asunto", "<p>Hola</p>", "Hola");

    [Theory]
    [InlineData(MailState.Pending, "b", 0, ClaimStep.Send)]
    [InlineData(MailState.Sending, "a", 0, ClaimStep.Send)]
    [InlineData(MailState.Sending, "b", 119, ClaimStep.Wait)]
    [InlineData(MailState.Sending, "b", 120, ClaimStep.Flag)]
    [InlineData(MailState.Sent, "b", 0, ClaimStep.Done)]
    [InlineData(MailState.Unknown, "b", 9999, ClaimStep.Done)]
    [InlineData(MailState.Refused, "b", 0, ClaimStep.Done)]
    public void A_mail_that_was_begun_is_sent_again_only_where_it_surely_has_not_gone(MailState state, string claimedBy, int secondsAgo, ClaimStep expected) =>
        Assert.Equal(expected, MailClaims.Next(new Mail(null, state, claimedBy, Now.AddSeconds(-secondsAgo), 1), "a", Now).Step);

    [Fact]
    public void A_mail_put_off_is_not_tried_earlier_by_another_delivery() =>
        Assert.Equal(
            (ClaimStep.Wait, TimeSpan.FromSeconds(7)),
            MailClaims.Next(new Mail(null, MailState.Pending, "b", Now, 1) { NotBefore = Now.AddSeconds(7) }, "a", Now));

    [Theory]
    [InlineData(429, "Retry-After", "7", 7, true)]
    [InlineData(429, "X-RateLimit-Reset", "1772452830", 30, true)]
    [InlineData(429, null, null, 10, true)]
    [InlineData(503, "Retry-After", "60", 60, true)]
    [InlineData(500, null, null, 10, false)]
    [InlineData(401, null, null, 300, true)]
    public void A_refusal_for_now_is_honoured(int status, string? header, string? value, int seconds, bool everyone)
    {
        using var response = new HttpResponseMessage();
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation(header, value);
        }
        Assert.Equal(
            new MailAnswer.Later(status, TimeSpan.FromSeconds(seconds), everyone),
            MailWaits.Read((HttpStatusCode)status, response.Headers, attempts: 2, Now));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public void A_refusal_for_good_is_kept_and_not_retried(int status)
    {
        using var response = new HttpResponseMessage();
        Assert.Equal(new MailAnswer.Refused(status), MailWaits.Read((HttpStatusCode)status, response.Headers, 1, Now));
    }

    [Fact]
    public async Task After_a_429_the_whole_instance_pauses()
    {
        var mailer = Mailer(_ => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(20)) } });
        Assert.IsType<MailAnswer.Later>(await mailer.SendAsync(Drawn, 1));
        Assert.InRange(mailer.Pause.TotalSeconds, 15, 20);
    }

    [Fact]
    public async Task A_connection_cut_before_the_answer_leaves_the_mail_unknown() =>
        Assert.IsType<MailAnswer.Unknown>(await Mailer(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded)).SendAsync(Drawn, 1));

    [Fact]
    public async Task A_server_that_is_not_reached_is_tried_again() =>
        Assert.IsType<MailAnswer.Later>(await Mailer(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException())).SendAsync(Drawn, 1));

    [Fact]
    public async Task What_leaves_names_nobody_but_in_the_address_and_is_not_tracked()
    {
        JsonElement sent = default;
        var mailer = Mailer(request =>
        {
            sent = JsonDocument.Parse(request.Content!.ReadAsStringAsync().Result).RootElement;
            Assert.Equal("http://localhost:7071/v3/mail/send", request.RequestUri!.ToString());
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        });
        Assert.IsType<MailAnswer.Accepted>(await mailer.SendAsync(Drawn, 1));
        var json = sent.GetRawText();
        Assert.Contains($"\"effect_id\":\"{Drawn.Key}\"", json, StringComparison.Ordinal);
        Assert.Contains($"<{Drawn.Key}@example.org>", sent.ToString().Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase).Replace("\\u003E", ">", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
        Assert.Equal("antai@example.org", sent.GetProperty("reply_to").GetProperty("email").GetString());
        Assert.Equal("Gobierno Abierto", sent.GetProperty("from").GetProperty("name").GetString());
        Assert.False(sent.GetProperty("tracking_settings").GetProperty("click_tracking").GetProperty("enable").GetBoolean());
        Assert.False(sent.GetProperty("tracking_settings").GetProperty("open_tracking").GetProperty("enable").GetBoolean());
        Assert.Equal(1, json.Split("ana@example.org").Length - 1);
    }

    [Theory]
    [InlineData("Email:From", "")]
    [InlineData("Email:From", "nadie")]
    [InlineData("Email:ReplyTo", null)]
    [InlineData("SendGrid:ApiKey", "")]
    [InlineData("SendGrid:Host", "localhost")]
    [InlineData("SendGrid:WebhookPublicKey", "")]
    [InlineData("SendGrid:WebhookPublicKey", "not base64")]
    [InlineData("SendGrid:WebhookPublicKey", "bm8ga2V5")]
    public void A_malformed_setting_is_named(string setting, string? value)
    {
        var fault = Assert.Throws<InvalidSettingException>(() => Settings((setting, value)));
        Assert.Contains(setting.Replace(":", "__", StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Any key of the right kind.</summary>
    internal static string PublicKey { get; } = NewPublicKey();

    private static string NewPublicKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    private static EmailSettings Settings(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>
        {
            ["Email:From"] = "Gobierno Abierto <a@example.org>",
            ["Email:ReplyTo"] = "antai@example.org",
            ["SendGrid:ApiKey"] = "k",
            ["SendGrid:Host"] = "http://localhost:7071/",
            ["SendGrid:WebhookPublicKey"] = PublicKey,
        };
        foreach (var (name, value) in changes)
        {
            values[name] = value;
        }
        return new EmailSettings(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }

    private static SendGridMailer Mailer(Func<HttpRequestMessage, HttpResponseMessage> answer) => new(
        Settings(), new Site(new ConfigurationBuilder().AddInMemoryCollection([new("Site:BaseUrl", "https://example.org")]).Build()), new HttpClient(new Endpoint(answer)));

    private sealed class Endpoint(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
