using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenGov.Functions.Emails;

/// <summary>SendGrid on its worst day, in a mix that the seed makes: no mail is lost, and none goes twice unseen.</summary>
public sealed class TwoThousandMailsTests(TestService service, ITestOutputHelper output) : IClassFixture<TestService>
{
    private const int Count = 2000;
    private const int Seed = 20190428;

    [Fact]
    public async Task Each_of_2000_mails_is_delivered_once_or_flagged_and_settled()
    {
        var cancel = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        var addresses = Enumerable.Range(0, Count).Select(number => $"mix{number}@example.org").ToArray();
        await service.FaultsAsync([.. Faults(new Random(Seed))]);
        await service.SendAsync(addresses);
        await QuietAsync(addresses);
        output.WriteLine($"seed {Seed}: sent in {watch.Elapsed.TotalSeconds:0.0} s");

        // Of some that go again nobody tells either.
        await service.FaultsAsync(new { @event = "none", times = 20 });
        await service.AdvanceByAsync("PT61M");
        await QuietAsync(addresses);
        await service.AdvanceByAsync("PT61M");
        await service.AdvanceByAsync("PT61M");
        output.WriteLine($"after three hours of the clock: {watch.Elapsed.TotalSeconds:0.0} s");

        var went = (await service.Http.GetFromJsonAsync<List<JsonElement>>("/dev/mailbox.json", cancel))!
            .GroupBy(mail => mail.GetProperty("customArgs").GetProperty("effect_id").GetString()!).ToDictionary(mails => mails.Key, mails => mails.ToList());
        var tasks = (await service.Services.GetRequiredService<MailTasks>().ListAsync(cancel)).Select(mail => mail.Effect!.To).ToHashSet();
        var states = new Dictionary<MailState, int>();
        foreach (var to in addresses)
        {
            var mail = (await service.MailToAsync(to))!;
            var times = went.GetValueOrDefault(MailSending.KeyOf(to))?.Count ?? 0;
            states[mail.State] = states.GetValueOrDefault(mail.State) + 1;
            // Once; or again, and its row says why each time; a refused mail not at all.
            var explained = 1 + mail.Doubts + (mail.Resent ? 1 : 0);
            Assert.True((times >= 1 && times <= explained) || (times == 0 && mail.State == MailState.Refused), $"{to} went {times} times ({mail}).");
            Assert.Equal(mail.NeedsStaff, tasks.Contains(to));
            Assert.True(mail.NeedsStaff || mail.State is MailState.Delivered or MailState.Sent, $"{to} is neither delivered nor a task: {mail}");
        }
        Assert.All(went.Values, mails => Assert.Single(mails.Select(mail => mail.GetProperty("headers").GetProperty("Message-ID").GetString()).Distinct()));
        output.WriteLine(string.Join(", ", states.Select(state => $"{state.Value} {state.Key}")) + $", {went.Values.Count(mails => mails.Count == 2)} went twice");
        Assert.True(states.GetValueOrDefault(MailState.Bounced) >= 200 && states.GetValueOrDefault(MailState.Unknown) > 0 && went.Values.Any(mails => mails.Count == 2));

        using var organiser = await service.SignInAsync();
        foreach (var to in tasks)
        {
            using var answer = await organiser.PostAsJsonAsync($"/api/staff/mails/{MailSending.KeyOf(to)}/settle", new { reason = "por teléfono" }, cancel);
            Assert.True(answer.IsSuccessStatusCode, $"{to}: {answer.StatusCode}");
        }
        Assert.Empty(await service.Services.GetRequiredService<MailTasks>().ListAsync(cancel));
        output.WriteLine($"all settled: {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static IEnumerable<object> Faults(Random random)
    {
        var answers = Enumerable.Repeat<object>(new { status = 429, retryAfter = 1 }, 3)
            .Concat(Enumerable.Repeat<object>(new { status = 500 }, 100))
            .Concat(Enumerable.Repeat<object>(new { status = 503 }, 20))
            .Concat(Enumerable.Repeat<object>(new { status = 500, cutAfterAccept = true }, 60))
            .Concat(Enumerable.Repeat<object>(new { status = 400 }, 20))
            .Concat(Enumerable.Repeat<object>(new { cutAfterAccept = true }, 300));
        var events = new[] { ("bounce", 160), ("dropped", 40), ("deferred", 60), ("duplicate", 100), ("late", 60), ("delivered", 1100) }
            .SelectMany(told => Enumerable.Repeat<object>(new { @event = told.Item1 }, told.Item2))
            .Concat(Enumerable.Repeat<object>(new { @event = "none" }, 200));
        return answers.Concat(events).OrderBy(_ => random.Next());
    }

    /// <summary>Until no mail is on its way.</summary>
    private async Task QuietAsync(string[] addresses)
    {
        for (var tries = 0; tries < 120; tries++)
        {
            var underWay = 0;
            await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (to, _) =>
            {
                if (await service.MailToAsync(to) is null or { State: MailState.Pending or MailState.Sending })
                {
                    Interlocked.Increment(ref underWay);
                }
            });
            if (underWay == 0)
            {
                return;
            }
            await Task.Delay(1000, TestContext.Current.CancellationToken);
        }
    }
}
