using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace OpenGov.LocalHost;

/// <summary>An app that believes what is signed by the key it was given.</summary>
public sealed class HearEvents(Seen seen, IConfiguration configuration)
{
    [Function(nameof(HearEvents))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hear")] HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(configuration["SendGrid:WebhookPublicKey"]!), out _);
        var signed = Encoding.UTF8.GetBytes(request.Headers["X-Twilio-Email-Event-Webhook-Timestamp"].ToString()).Concat(body.ToArray()).ToArray();
        if (!key.VerifyData(signed, Convert.FromBase64String(request.Headers["X-Twilio-Email-Event-Webhook-Signature"]!), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            return Results.Unauthorized();
        }
        if (seen.Of("busy").Count < 1)
        {
            // The first batch is told again.
            seen.Add("busy");
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        foreach (var told in JsonDocument.Parse(body.ToArray()).RootElement.EnumerateArray())
        {
            seen.Add($"{told.GetProperty("email").GetString()} {told.GetProperty("event").GetString()} {told.GetProperty("effect_id").GetString()}");
        }
        seen.Add("batch");
        return Results.Ok();
    }
}

public sealed class EventTests
{
    private static readonly string[] Own = ["--storage", "memory", "--now", "2019-02-22T09:00", "LocalHost__SendGridEvents=/hear"];
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_accepted_mail_is_told_as_delivered_signed_and_told_again_where_the_app_was_busy()
    {
        await using var host = await TestHost.StartAsync([typeof(HearEvents)], Own);
        await SendAsync(host, "a@example.org");
        await SendAsync(host, "b@example.org");
        await host.SetClockAsync(new { advance = "PT0S" });

        Assert.Equal(["a@example.org delivered e-a@example.org"], host.Seen.Of("a@"));
        Assert.Equal(["b@example.org delivered e-b@example.org"], host.Seen.Of("b@"));
    }

    [Fact]
    public async Task Faults_say_what_is_told_of_whom_and_setting_the_clock_waits_for_it()
    {
        await using var host = await TestHost.StartAsync([typeof(HearEvents)], Own);
        await FaultsAsync(host, """
            {"sendgrid":[{"event":"bounce","to":"bounce@example.org"},{"event":"dropped","to":"dropped@example.org"},{"event":"none","to":"none@example.org"},
            {"event":"duplicate","to":"duplicate@example.org"},{"event":"deferred","to":"deferred@example.org"},{"event":"late","to":"late@example.org","times":2}]}
            """);
        foreach (var who in new[] { "bounce", "bounce", "dropped", "none", "duplicate", "deferred", "late", "late" })
        {
            await SendAsync(host, $"{who}@example.org");
        }
        await host.SetClockAsync(new { advance = "PT1H" });
        string[] Told(string who) => [.. host.Seen.Of(who).Select(told => told.Split(' ')[1])];
        Assert.Equal(["bounce", "delivered"], Told("bounce"));
        Assert.Equal(["dropped"], Told("dropped"));
        Assert.Empty(Told("none"));
        Assert.Equal(["delivered", "delivered"], Told("duplicate"));
        Assert.Equal(["deferred"], Told("deferred"));
        Assert.Empty(Told("late"));

        await host.SetClockAsync(new { advance = "PT90M" });
        Assert.Equal(["deferred", "delivered"], Told("deferred"));
        Assert.Equal(["delivered", "delivered"], Told("late"));
    }

    [Fact]
    public async Task A_mail_can_be_accepted_and_answered_with_an_error()
    {
        await using var host = await TestHost.StartAsync([typeof(HearEvents)], Own);
        await FaultsAsync(host, """{"sendgrid":[{"status":503,"retryAfter":7,"cutAfterAccept":true}]}""");
        using var answer = await SendAsync(host, "both@example.org");
        await host.SetClockAsync(new { advance = "PT0S" });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(7)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta!.Value));
        Assert.Single(host.Seen.Of("both@example.org delivered"));
        Assert.Single((await host.Http.GetFromJsonAsync<List<JsonElement>>("/dev/mailbox.json?to=both@example.org", cancel))!);
    }

    [Fact]
    public async Task A_batch_of_ones_own_is_signed_and_posted_and_the_apps_answer_given()
    {
        await using var host = await TestHost.StartAsync([typeof(HearEvents)], Own);
        const string Batch = """[{"email":"x@example.org","event":"bounce","effect_id":"1"}]""";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Http.PostAsync("/dev/events", new StringContent(Batch), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.PostAsync("/dev/events", new StringContent(Batch), cancel)).StatusCode);
        Assert.Equal(["x@example.org bounce 1"], host.Seen.Of("x@"));
    }

    [Fact]
    public async Task A_joined_instance_believes_the_events_of_the_first_which_posts_them()
    {
        await using var first = await TestHost.StartAsync([typeof(HearEvents)], Own);
        await using var joined = await TestHost.StartAsync([typeof(HearEvents)], "--join", first.Http.BaseAddress!.ToString());
        await SendAsync(joined, "joined@example.org");
        await first.SetClockAsync(new { advance = "PT0S" });

        Assert.Single(first.Seen.Of("joined@example.org delivered"));
        Assert.Equal(
            HttpStatusCode.OK,
            (await joined.Http.PostAsync("/dev/events", new StringContent("[]"), cancel)).StatusCode);
    }

    [Fact]
    public async Task Where_the_app_believes_anothers_key_nothing_is_told_to_it()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var host = await TestHost.StartAsync([typeof(HearEvents)], [.. Own, $"SendGrid__WebhookPublicKey={Convert.ToBase64String(other.ExportSubjectPublicKeyInfo())}"]);
        await SendAsync(host, "other@example.org");
        await host.SetClockAsync(new { advance = "PT0S" });

        Assert.Empty(host.Seen.Of(""));
        Assert.Equal(HttpStatusCode.Conflict, (await host.Http.PostAsync("/dev/events", new StringContent("[]"), cancel)).StatusCode);
    }

    [Fact]
    public async Task What_was_accepted_before_a_stop_is_told_before_the_end()
    {
        var host = await TestHost.StartAsync([typeof(HearEvents)], Own);
        var seen = host.Seen;
        for (var mail = 0; mail < 20; mail++)
        {
            await SendAsync(host, $"last{mail}@example.org");
        }
        await host.DisposeAsync();

        Assert.Equal(20, seen.Of("last").Count);
    }

    [Fact]
    public async Task A_path_that_is_none_is_named() =>
        Assert.Contains("LocalHost__SendGridEvents", (await Assert.ThrowsAsync<StartException>(
            () => TestHost.StartAsync([typeof(HearEvents)], "--storage", "memory", "LocalHost__SendGridEvents=http://elsewhere"))).Message, StringComparison.Ordinal);

    private static async Task FaultsAsync(TestHost host, string plan) =>
        Assert.Equal(HttpStatusCode.NoContent, (await host.Http.PostAsync("/dev/faults", new StringContent(plan))).StatusCode);

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, string to)
    {
        var message = $$$"""
            {"personalizations":[{"to":[{"email":"{{{to}}}"}],"custom_args":{"effect_id":"e-{{{to}}}"}}],"from":{"email":"antai@example.org"},"subject":"s","content":[{"type":"text/plain","value":"t"}]}
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/mail/send") { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "SG.test");
        return await host.Http.SendAsync(request);
    }
}
