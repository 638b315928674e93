using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenGov.LocalHost.SendGridSandbox;

/// <param name="To">Where the app listens; null where it does not, or believes another's signature.</param>
internal sealed record EventTarget(Uri? To);

/// <summary>Posts signed events to the app in batches, beside the accept path, and tries again where it does not answer.</summary>
internal sealed class EventPost(EventTarget target, EventSigner signer, TimeProvider clock, ILogger<EventPost> log) : BackgroundService
{
    private const int LargestBatch = 200;
    private const int Tries = 5;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Lock gate = new();
    private readonly SemaphoreSlim added = new(0);
    private readonly List<SandboxEvent> waiting = [];
    private bool posting;

    /// <summary>Nothing is due that the app has not answered.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (gate)
            {
                return !posting && !waiting.Exists(IsDue);
            }
        }
    }

    public void Add(IEnumerable<SandboxEvent> events)
    {
        if (target.To is null)
        {
            return;
        }
        lock (gate)
        {
            waiting.AddRange(events);
        }
        added.Release();
    }

    /// <summary>Posts a batch as it is, and gives the app's answer; null where nobody listens.</summary>
    public async Task<HttpStatusCode?> PostAsync(byte[] batch, CancellationToken cancel)
    {
        if (target.To is null)
        {
            return null;
        }
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.To) { Content = new ByteArrayContent(batch) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", signer.Sign(timestamp, batch));
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        using var answer = await Http.SendAsync(request, cancel);
        return answer.StatusCode;
    }

    /// <summary>While the app still answers: what is due is told before the host stops.</summary>
    public async Task FlushAsync(CancellationToken patience)
    {
        while (!IsQuiet && !patience.IsCancellationRequested)
        {
            await Task.Delay(Gathering, CancellationToken.None);
        }
        await StopAsync(patience);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (Take() is { Count: > 0 } batch)
            {
                await TellAsync(batch, stoppingToken);
                continue;
            }
            // Events that are late by the virtual clock become due without being added.
            await ((Task)added.WaitAsync(BetweenLooks, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Gathering, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsDue(SandboxEvent waits) => waits.Due <= clock.GetUtcNow();

    /// <summary>A duplicate goes in a batch of its own, as SendGrid's do.</summary>
    private List<SandboxEvent> Take()
    {
        lock (gate)
        {
            var batch = waiting.Where(IsDue).DistinctBy(one => one.Id).Take(LargestBatch).ToList();
            batch.ForEach(one => waiting.Remove(one));
            posting = batch.Count > 0;
            return batch;
        }
    }

    private async Task TellAsync(List<SandboxEvent> batch, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes(new JsonArray([.. batch.Select(one => one.Fields.DeepClone())]).ToJsonString());
        try
        {
            for (var (attempt, pause) = (1, FirstPause); ; attempt++, pause *= 2)
            {
                var (answer, again) = await TryAsync(body, stop);
                if (answer is HttpStatusCode.OK or HttpStatusCode.NotFound)
                {
                    return;
                }
                if (!again || attempt == Tries)
                {
                    log.LogWarning("{Events} events of mails were not taken ({Answer}).", batch.Count, answer?.ToString() ?? "no answer");
                    return;
                }
                await Task.Delay(pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As when SendGrid tells of a mail while nobody listens.
        }
        finally
        {
            lock (gate)
            {
                posting = false;
            }
        }
    }

    private async Task<(HttpStatusCode? Answer, bool Again)> TryAsync(byte[] body, CancellationToken stop)
    {
        try
        {
            var answer = await PostAsync(body, stop);
            return (answer, answer >= HttpStatusCode.InternalServerError || answer == HttpStatusCode.TooManyRequests);
        }
        catch (Exception unreached) when (unreached is HttpRequestException || (unreached is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return (null, true);
        }
    }
}
