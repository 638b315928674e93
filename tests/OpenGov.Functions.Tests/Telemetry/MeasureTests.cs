using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Telemetry;

public sealed class MeasureTests(TestService service) : IClassFixture<TestService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proposals_are_counted_by_channel_and_refusals_by_reason()
    {
        using var figures = new Figures(service);
        var valid = new { title = "Agua", problem = "No llega", consent = true, channel = "social" };
        foreach (var key in new[] { "one", "one", "two" })
        {
            await SendAsync(valid, key);
        }
        await SendAsync(new { title = "Sin problema" }, "three");
        await SendAsync(new { title = "Otra", problem = "Otro", consent = true }, "one");

        Assert.Equal(2, figures.Sum(Measures.Names.ProposalsAccepted, "channel", "social"));
        Assert.Equal(1, figures.Sum(Measures.Names.ProposalsRefused, "reason", "invalid"));
        Assert.Equal(1, figures.Sum(Measures.Names.ProposalsRefused, "reason", "idempotency-mismatch"));
    }

    [Fact]
    public async Task A_mail_is_counted_when_it_is_accepted_and_when_it_is_delivered_or_bounces()
    {
        using var figures = new Figures(service);
        await service.FaultsAsync(new { @event = "bounce", to = "gone@example.org" });
        await SendAsync(new { title = "Luz", problem = "Se va", consent = true, author = new { email = "gone@example.org" } }, "bounced");
        await SendAsync(new { title = "Luz", problem = "Vuelve", consent = true, author = new { email = "there@example.org" } }, "delivered");

        await Figures.UntilAsync(() => figures.Sum(Measures.Names.Mails, "state", "bounced") == 1 && figures.Sum(Measures.Names.Mails, "state", "delivered") == 1);
        Assert.True(figures.Sum(Measures.Names.Mails, "template", "proposal-receipt") >= 3);
        Assert.NotEmpty(figures.Of(Measures.Names.QueueDelay, "queue", "effects"));
        Assert.All(figures.Of(Measures.Names.QueueDelay, "queue", "effects"), seconds => Assert.InRange(seconds, 0, 60));
    }

    [Fact]
    public async Task Each_five_minutes_it_is_measured_what_waits_and_where_the_notas_stand()
    {
        await ValidationRound.SendAsync(service, new(2019, 3, 11), "M-01: MM1, MM2");
        await ValidationRound.LinkAsync(service, "MM1");
        await ValidationRound.LinkAsync(service, "MM2");
        using var figures = new Figures(service);

        (await service.Http.PostAsync($"/dev/timers/{nameof(MeasureService)}", null, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(2, figures.Of(Measures.Names.Requests, "state", "sent")[^1]);
        Assert.Equal(0, figures.Of(Measures.Names.Requests, "state", "no-answer")[^1]);
        Assert.Equal(0, figures.Of(Measures.Names.NoticesLate)[^1]);
        Assert.Equal(0, figures.Of(Measures.Names.QueuePoison, "queue", "effects")[^1]);
        Assert.InRange(figures.Of(Measures.Names.OutboxAge)[^1], 0, 60);
        Assert.Equal(1, figures.Sum(Measures.Names.TimerRuns, "timer", nameof(MeasureService)));
    }

    private Task<HttpResponseMessage> SendAsync(object proposal, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/proposals") { Content = JsonContent.Create(proposal), Headers = { { "Idempotency-Key", key } } };
        return service.Http.SendAsync(request, Cancel);
    }

    /// <summary>What one service measures while it is listened to.</summary>
    private sealed class Figures : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> recorded = new();

        public Figures(TestService service)
        {
            var own = service.Services.GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, own) && instrument.Meter.Name == Measures.Meter)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => recorded.Enqueue((instrument.Name, value, tags.ToArray())));
            listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => recorded.Enqueue((instrument.Name, value, tags.ToArray())));
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => recorded.Enqueue((instrument.Name, value, tags.ToArray())));
            listener.Start();
        }

        public double[] Of(string name, string? tag = null, string? value = null) =>
            [.. recorded.Where(figure => figure.Name == name && (tag is null || figure.Tags.Contains(new(tag, value)))).Select(figure => figure.Value)];

        public double Sum(string name, string tag, string value) => Of(name, tag, value).Sum();

        public static async Task UntilAsync(Func<bool> holds)
        {
            for (var tries = 0; !holds(); tries++)
            {
                Assert.True(tries < 200, "It was not measured.");
                await Task.Delay(50, Cancel);
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
