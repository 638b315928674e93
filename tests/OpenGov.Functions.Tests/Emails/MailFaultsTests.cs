using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;
using Xunit;

namespace OpenGov.Functions.Emails;

public sealed class MailFaultsTests(TestService service) : IClassFixture<TestService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_whose_effect_is_delivered_five_times_at_once_goes_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DeliverAsync("five@example.org")));
        Assert.Contains(outcomes, outcome => outcome.RetryAfter is null);
        Assert.Null((await DeliverAsync("five@example.org")).RetryAfter);
        Assert.Single(await service.MailsAsync("five@example.org", 1));
    }

    [Fact]
    public async Task A_mail_whose_connection_is_cut_is_unknown_and_not_sent_again_and_its_event_settles_it()
    {
        await FaultAsync(new { cutAfterAccept = true, times = 1 });
        await FaultAsync(new { @event = "none", to = "cut@example.org" });
        Assert.Null((await DeliverAsync("cut@example.org")).RetryAfter);
        Assert.Null((await DeliverAsync("cut@example.org")).RetryAfter);
        Assert.Single(await service.MailsAsync("cut@example.org", 1));
        Assert.Equal(MailState.Unknown, (await Mails.FindAsync("fault!cut@example.org", cancel))!.Record.State);
        var told = await service.Http.PostAsJsonAsync("/dev/events", new[] { new { @event = "delivered", effect_id = MailStore.KeyOf("fault!cut@example.org"), round = "1" } }, cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, told.StatusCode);
        Assert.Equal(MailState.Delivered, (await Mails.FindAsync("fault!cut@example.org", cancel))!.Record.State);
    }

    [Fact]
    public async Task A_mail_put_off_goes_when_it_may_and_not_before()
    {
        await FaultAsync(new { status = 429, retryAfter = 2, times = 1 });
        Assert.InRange((await DeliverAsync("later@example.org")).RetryAfter!.Value.TotalSeconds, 1, 2);
        Assert.NotNull((await DeliverAsync("later@example.org")).RetryAfter);
        Assert.Empty(await service.Http.GetFromJsonAsync<List<object>>("/dev/mailbox.json?to=later@example.org", cancel) ?? []);
        await Task.Delay(2100, cancel);
        Assert.Null((await DeliverAsync("later@example.org")).RetryAfter);
        Assert.Single(await service.MailsAsync("later@example.org", 1));
        Assert.Contains((await Mails.FindAsync("fault!later@example.org", cancel))!.Record.State, new[] { MailState.Sent, MailState.Delivered });
    }

    [Fact]
    public async Task A_mail_refused_for_good_is_flagged()
    {
        await FaultAsync(new { status = 400, times = 1 });
        Assert.Null((await DeliverAsync("refused@example.org")).RetryAfter);
        var flagged = Assert.Single(await Mails.FlaggedAsync(cancel), mail => mail.Effect!.To == "refused@example.org");
        Assert.Equal((MailState.Refused, 400), (flagged.State, flagged.Status));
    }

    private MailStore Mails => service.Services.GetRequiredService<MailStore>();

    private Task<EffectOutcome> DeliverAsync(string to)
    {
        var day = new LocalDate(2019, 2, 21);
        var notice = new DueNotice("activity", ActivityKeys.Call, "1", day, [new Occasion("opens-0", day)]);
        var line = ActivityNotices.LineOf(CycleFile.Read("panama-2019-2021").Call, notice);
        var effect = MailEffect.Send($"fault!{to}", DigestMail.Name, to, Language.Spanish, new DigestModel([new DigestEntry(line, notice.Occasions)]));
        return service.Services.GetServices<IEffectHandler>().Single(handler => handler.Kind == MailEffect.Kind).HandleAsync(effect, cancel);
    }

    private async Task FaultAsync(object fault) =>
        (await service.Http.PostAsJsonAsync("/dev/faults", new { sendgrid = new[] { fault } }, cancel)).EnsureSuccessStatusCode();
}
