using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace OpenGov.Functions.Emails;

/// <summary>A service that believes a key of the test's, so that the test says what SendGrid tells.</summary>
public sealed class TellingService() : TestService("2019-02-22T09:00", $"SendGrid__WebhookPublicKey={Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo())}")
{
    public static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Task<HttpStatusCode> TellAsync(string to, string what, int round = 1, long at = 1_550_848_000) => TellAsync(
        JsonSerializer.Serialize(new[] { new { @event = what, effect_id = MailSending.KeyOf(to), round = $"{round}", timestamp = at, email = "x@example.org", reason = "550 5.1.1 no such user" } }));

    public Task<HttpStatusCode> TellAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body), Key);

    public async Task<HttpStatusCode> PostAsync(byte[] body, ECDsa? key, byte[]? signedBody = null, string signedAt = "1550848000", string sentAt = "1550848000")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/sendgrid") { Content = new ByteArrayContent(body) };
        if (key is not null)
        {
            var signature = key.SignData([.. Encoding.UTF8.GetBytes(signedAt), .. signedBody ?? body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            request.Headers.Add(WebhookSignature.SignatureHeader, Convert.ToBase64String(signature));
            request.Headers.Add(WebhookSignature.TimestampHeader, sentAt);
        }
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }
}

public sealed class WebhookTests(TellingService service) : IClassFixture<TellingService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_signed_by_the_known_key_as_it_was_sent_is_refused_and_changes_nothing()
    {
        await SentAsync("forged@example.org");
        var body = Encoding.UTF8.GetBytes($$"""[{"event":"bounce","effect_id":"{{MailSending.KeyOf("forged@example.org")}}"}]""");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(HttpStatusCode.Unauthorized, await service.PostAsync(body, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.PostAsync(body, other));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.PostAsync(body, TellingService.Key, signedBody: [.. body, (byte)' ']));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.PostAsync(body, TellingService.Key, sentAt: "1550848001"));
        using var garbled = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/sendgrid")
        {
            Content = new ByteArrayContent(body),
            Headers = { { WebhookSignature.SignatureHeader, "%%" }, { WebhookSignature.TimestampHeader, "1" } },
        };
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Http.SendAsync(garbled, cancel)).StatusCode);
        Assert.Equal(MailState.Sent, (await service.MailToAsync("forged@example.org"))!.State);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("no json", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.OK)]
    [InlineData("""[1, null, {}, {"event":5,"effect_id":7}, {"event":"open","effect_id":"0123456789abcdef0123456789abcdef"}, {"event":"delivered","effect_id":"../x"}, {"event":"delivered"}]""", HttpStatusCode.OK)]
    [InlineData("""[{"event":"delivered","effect_id":"0123456789abcdef0123456789abcde0","round":"-1","timestamp":1e300}]""", HttpStatusCode.OK)]
    public async Task What_is_signed_is_taken_where_it_is_a_list_and_what_is_foreign_is_left_out(string body, HttpStatusCode expected) =>
        Assert.Equal(expected, await service.TellAsync(body));

    [Fact]
    public async Task A_body_over_1_MiB_is_refused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await service.PostAsync(new byte[(1024 * 1024) + 1], TellingService.Key));

    [Fact]
    public async Task Events_twice_late_and_in_the_wrong_order_end_as_they_should()
    {
        await SentAsync("order@example.org");
        foreach (var what in new[] { "delivered", "processed", "delivered", "deferred", "open" })
        {
            Assert.Equal(HttpStatusCode.OK, await service.TellAsync("order@example.org", what));
        }
        Assert.Equal(MailState.Delivered, (await service.MailToAsync("order@example.org"))!.State);

        await SentAsync("bounced@example.org");
        await service.TellAsync("bounced@example.org", "bounce");
        await service.TellAsync("bounced@example.org", "delivered");
        await service.TellAsync("bounced@example.org", "bounce");
        var bounced = (await service.MailToAsync("bounced@example.org"))!;
        Assert.Equal((MailState.Bounced, "550 5.1.1 no such user"), (bounced.State, bounced.Told!.Reason));
        Assert.Single(await Tasks.ListAsync(cancel), mail => mail.Effect!.To == "bounced@example.org");
        Assert.Single(await service.MailsAsync("bounced@example.org", 1));
    }

    [Fact]
    public async Task An_event_before_its_row_is_met_by_the_row_and_the_mail_does_not_go_twice()
    {
        await service.TellAsync("early@example.org", "delivered");
        await service.TellAsync("early-bounce@example.org", "dropped");
        await service.SendAsync("early@example.org", "early-bounce@example.org");

        Assert.Equal(MailState.Delivered, (await service.MailToAsync("early@example.org", mail => mail.Effect is not null)).State);
        await service.MailToAsync("early-bounce@example.org", mail => mail.Effect is not null);
        Assert.Single(await Tasks.ListAsync(cancel), mail => mail.Effect!.To == "early-bounce@example.org");
        Assert.Empty(await service.MailsAsync("early@example.org", 0));
    }

    [Fact]
    public async Task What_is_told_of_a_mail_that_is_never_written_is_forgotten_after_a_week()
    {
        await service.TellAsync("nobody@example.org", "delivered");
        Assert.NotNull(await service.MailToAsync("nobody@example.org"));
        Assert.DoesNotContain(await Tasks.ListAsync(cancel), mail => mail.Effect is null);

        await service.AdvanceByAsync("P8D");

        Assert.Null(await service.MailToAsync("nobody@example.org"));
    }

    [Fact]
    public async Task A_bounce_of_an_address_that_was_corrected_changes_nothing_for_the_new_one()
    {
        await SentAsync("old@example.org");
        await service.TellAsync("old@example.org", "bounce");
        Assert.IsType<MailActing.Done>(await Tasks.ResendAsync(MailSending.IdentityOf("old@example.org"), "new@example.org", "organiser-1", cancel));
        Assert.Single(await service.MailsAsync("new@example.org", 1));

        await service.TellAsync("old@example.org", "bounce");
        Assert.Equal(MailState.Sent, (await service.MailToAsync("old@example.org", mail => mail.State == MailState.Sent)).State);
        await service.TellAsync("old@example.org", "delivered", round: 2);
        await service.TellAsync("old@example.org", "bounce", round: 1);

        Assert.Equal(MailState.Delivered, (await service.MailToAsync("old@example.org"))!.State);
        Assert.DoesNotContain(await Tasks.ListAsync(cancel), mail => mail.Effect!.To is "old@example.org" or "new@example.org");
        var mails = (await service.MailsAsync("old@example.org", 1)).Concat(await service.MailsAsync("new@example.org", 1)).ToList();
        Assert.Equal(["1", "2"], mails.Select(mail => mail.GetProperty("customArgs").GetProperty("round").GetString()!));
        Assert.All(mails, mail => Assert.DoesNotContain("@", mail.GetProperty("customArgs").ToString(), StringComparison.Ordinal));
        Assert.Single(mails.Select(mail => mail.GetProperty("headers").GetProperty("Message-ID").GetString()).Distinct());
    }

    [Fact]
    public async Task Events_of_one_mail_at_once_are_all_heard()
    {
        await SentAsync("crowd@example.org");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => service.TellAsync("crowd@example.org", number % 2 == 0 ? "delivered" : "bounce", at: 1_550_848_000 + number)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(MailState.Bounced, (await service.MailToAsync("crowd@example.org"))!.State);
    }

    private MailTasks Tasks => service.Services.GetRequiredService<MailTasks>();

    private async Task SentAsync(string to)
    {
        await service.SendAsync(to);
        await service.MailToAsync(to, mail => mail.State == MailState.Sent);
    }
}
