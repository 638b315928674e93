using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace OpenGov.Functions.Emails;

/// <summary>What nobody tells of, by the clock.</summary>
public sealed class UnknownMailsTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task A_mail_of_which_nobody_tells_goes_once_more_with_the_same_link_and_is_then_a_task_for_staff()
    {
        await service.FaultsAsync(new { cutAfterAccept = true }, new { @event = "none", to = "silent@example.org", times = 2 });
        await service.SendAsync("silent@example.org");
        await service.MailToAsync("silent@example.org", mail => mail.State == MailState.Unknown);

        await service.AdvanceByAsync("PT50M");
        Assert.Single(await service.MailsAsync("silent@example.org", 1));
        await service.AdvanceByAsync("PT11M");
        var mails = await service.MailsAsync("silent@example.org", 2);
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].GetProperty("headers").GetProperty("Message-ID").GetString(), mails[1].GetProperty("headers").GetProperty("Message-ID").GetString());
        Assert.Equal(mails[0].GetProperty("text").GetString(), mails[1].GetProperty("text").GetString());
        Assert.DoesNotContain("silent@example.org", await TasksAsync());

        await service.AdvanceByAsync("PT61M");
        await service.AdvanceByAsync("P1D");
        Assert.Equal(2, (await service.MailsAsync("silent@example.org", 2)).Count);
        Assert.Contains("silent@example.org", await TasksAsync());
    }

    [Fact]
    public async Task A_mail_whose_worker_was_killed_while_sending_is_unknown_and_not_sent_in_silence()
    {
        var mails = service.Services.GetRequiredService<MailStore>();
        var killed = new Mail(MailSending.EffectTo("killed@example.org"), MailState.Sending, "gone", TimeProvider.System.GetUtcNow() - MailClaims.Longest, 1) { Since = SystemClock.Instance.GetCurrentInstant() };
        Assert.NotNull(await mails.AddAsync(MailSending.KeyOf("killed@example.org"), killed, TestContext.Current.CancellationToken));
        await service.SendAsync("killed@example.org");

        Assert.Equal(MailState.Unknown, (await service.MailToAsync("killed@example.org", mail => mail.State == MailState.Unknown)).State);
        Assert.Empty(await service.MailsAsync("killed@example.org", 0));
        await service.AdvanceByAsync("PT61M");
        Assert.Single(await service.MailsAsync("killed@example.org", 1));
        Assert.Equal(MailState.Delivered, (await service.MailToAsync("killed@example.org"))!.State);
    }

    [Fact]
    public async Task A_late_event_settles_what_was_unknown()
    {
        await service.FaultsAsync(new { cutAfterAccept = true }, new { @event = "late", to = "late@example.org" }, new { @event = "none", to = "late@example.org" });
        await service.SendAsync("late@example.org");
        await service.MailToAsync("late@example.org", mail => mail.State == MailState.Unknown);
        await service.AdvanceByAsync("PT61M");
        Assert.Equal(MailState.Unknown, (await service.MailToAsync("late@example.org"))!.State);

        await service.AdvanceByAsync("PT61M");

        Assert.Equal(MailState.Delivered, (await service.MailToAsync("late@example.org"))!.State);
        Assert.DoesNotContain("late@example.org", await TasksAsync());
    }

    [Fact]
    public async Task A_mail_that_was_accepted_and_answered_with_500_is_settled_by_its_event_and_not_sent_again()
    {
        await service.FaultsAsync(new { status = 500, cutAfterAccept = true });
        await service.SendAsync("accepted@example.org");
        Assert.Equal(MailState.Delivered, (await service.MailToAsync("accepted@example.org", mail => mail.State == MailState.Delivered)).State);

        await Task.Delay(TimeSpan.FromSeconds(7), TestContext.Current.CancellationToken);
        Assert.Single(await service.MailsAsync("accepted@example.org", 1));
    }

    [Fact]
    public async Task The_staffs_digest_tells_once_of_a_mail_in_trouble_and_not_of_its_addressee()
    {
        await service.FaultsAsync(new { @event = "bounce", to = "digest@example.org" });
        await service.SendAsync("digest@example.org");
        await service.MailToAsync("digest@example.org", mail => mail.State == MailState.Bounced);

        await service.AdvanceByAsync("P5D");

        foreach (var member in new[] { StaffSignIn.Organiser, StaffSignIn.Secretary, StaffSignIn.Reader })
        {
            var told = (await service.MailsAsync(member, 1)).Where(mail => mail.GetProperty("text").GetString()!.Contains(MailSending.KeyOf("digest@example.org"), StringComparison.Ordinal)).ToList();
            var text = Assert.Single(told).GetProperty("text").GetString()!;
            Assert.Contains("Rebotó un correo", text, StringComparison.Ordinal);
            Assert.DoesNotContain("digest@example.org", text, StringComparison.Ordinal);
        }
    }

    private async Task<List<string>> TasksAsync()
    {
        using var client = await service.SignInAsync(StaffSignIn.Reader);
        using var answer = await client.GetAsync("/api/staff/mails", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("to").GetString()!)];
    }
}
