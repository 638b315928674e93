using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenGov.Functions.Staff.Intake;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Subscriptions;

/// <summary>A citizen gets the notices of the public calendar once the mailbox said so, and leaves with one click.</summary>
public sealed partial class SubscriptionTests(SpringService service, TestBrowser browser) : IClassFixture<SpringService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notices_come_only_after_the_mailbox_confirmed_and_end_with_the_one_click_of_its_mail_program()
    {
        await AskAsync("vecina@example.org");
        await AskAsync("nunca@example.org");
        var link = LinkOf(await OnlyAsync("vecina@example.org"));
        Assert.Contains("/subscribe/confirm?t=", link, StringComparison.Ordinal);

        // Opening the link confirms nothing, nor does a forged one.
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync(link, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.PostAsync("/subscribe/confirm", Form(("t", "x" + TokenOf(link))), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync("/subscribe/confirm", Form(("t", TokenOf(link))), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync("/subscribe/confirm", Form(("t", TokenOf(link))), Cancel)).StatusCode);
        await service.AdvanceToAsync("2019-04-26T12:00");

        Assert.Single(await service.MailsAsync("nunca@example.org", 1));
        var mails = await service.MailsAsync("vecina@example.org", 2);
        var notice = Assert.Single(mails, mail => mail.GetProperty("subject").GetString()!.Contains("Convocatoria", StringComparison.Ordinal));
        var headers = notice.GetProperty("headers");
        Assert.Equal("List-Unsubscribe=One-Click", headers.GetProperty("List-Unsubscribe-Post").GetString());
        var address = headers.GetProperty("List-Unsubscribe").GetString()!.Trim('<', '>');
        Assert.Contains(address, notice.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Actividad 3", notice.GetProperty("text").GetString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync(address, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync(address, Form(("List-Unsubscribe", "One-Click")), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync(address, Form(("List-Unsubscribe", "One-Click")), Cancel)).StatusCode);
        // Outreach is announced on the 29th.
        await service.AdvanceToAsync("2019-04-30T12:00");
        Assert.Equal(mails.Count, (await service.MailsAsync("vecina@example.org", 0)).Count);
    }

    [Fact]
    public async Task A_mailbox_cannot_be_flooded_and_the_form_says_the_same_of_every_address()
    {
        var answers = new List<string>();
        for (var asked = 0; asked < 5; asked++)
        {
            answers.Add(await AskAsync("inundada@example.org"));
        }
        Assert.Single(answers.Distinct());
        await Task.Delay(1500, Cancel);
        Assert.Equal(3, (await service.MailsAsync("inundada@example.org", 3)).Count);
    }

    [Theory]
    [InlineData("vecina", "yes")]
    [InlineData("vecina@example.org\r\nBcc: otra@example.org", "yes")]
    [InlineData("otra@example.org", "")]
    public async Task An_address_that_is_none_or_no_consent_is_refused(string mailbox, string consent) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Http.PostAsync("/subscribe", Form(("email", mailbox), ("consent", consent)), Cancel)).StatusCode);

    [Fact]
    public async Task What_a_program_fills_in_sends_nothing()
    {
        await service.Http.PostAsync("/subscribe", Form(("email", "robot@example.org"), ("consent", "yes"), ("website", "https://spam.example")), Cancel);
        await Task.Delay(1000, Cancel);
        Assert.Empty(await service.MailsAsync("robot@example.org", 0));
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task It_is_done_on_a_small_phone_in_both_languages(string language)
    {
        var mailbox = $"telefono.{language}@example.org";
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await page.ShowsWellAtAsync($"/subscribe?lang={language}", $"subscribe-{language}");
        await page.Locator("main form button").ClickAsync();
        await page.ShowsWellAsync($"subscribe-error-{language}");
        await page.Locator("#email").FillAsync(mailbox);
        await page.Locator("#consent").CheckAsync();
        await page.Locator("#invitations").CheckAsync();
        await page.Locator("#territory").SelectOptionAsync("PA-4");
        await page.Locator("main form button").ClickAsync();
        await page.ShowsWellAsync($"subscribe-asked-{language}");
        await page.ShowsWellAtAsync(LinkOf(await OnlyAsync(mailbox)), $"subscribe-confirm-{language}");
        await page.Locator("main form button").ClickAsync();
        await page.ShowsWellAsync($"subscribe-confirmed-{language}");
        var token = service.Services.GetRequiredService<SubscriptionLinks>().UnsubscribeToken(new Subscription(SubscriptionStore.IdOf(mailbox), mailbox, language, [NodaTime.Instant.FromUtc(2019, 4, 18, 14, 0)], null, ""), Purposes.Invitations);
        await page.ShowsWellAtAsync($"/unsubscribe?t={token}", $"subscribe-end-{language}");
        await page.Locator("main form button").ClickAsync();
        await page.ShowsWellAsync($"subscribe-ended-{language}");
        await page.Locator("main form button").ClickAsync();
        await page.ShowsWellAsync($"subscribe-all-ended-{language}");
        await page.ShowsWellAtAsync("/unsubscribe?t=nothing", $"subscribe-dead-{language}");
    }

    private async Task<string> AskAsync(string mailbox)
    {
        var answer = await service.Http.PostAsync("/subscribe", Form(("email", mailbox), ("consent", "yes")), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private async Task<JsonElement> OnlyAsync(string mailbox) => Assert.Single(await service.MailsAsync(mailbox, 1));

    private static string LinkOf(JsonElement mail) => Address().Match(mail.GetProperty("text").GetString()!).Value;

    private static string TokenOf(string link) => link[(link.IndexOf("t=", StringComparison.Ordinal) + 2)..];

    [GeneratedRegex(@"https?://\S+/subscribe/confirm\?t=\S+")]
    private static partial Regex Address();
}

/// <summary>Shortly before the last week of the call.</summary>
public sealed class SpringService() : TestService("2019-04-18T09:00");
