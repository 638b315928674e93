using System.Reflection;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Join;
using OpenGov.LocalHost.Settings;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.Queues;

/// <summary>Takes messages and calls their functions: retried, then put aside in the queue's poison twin.</summary>
internal sealed class QueuePump(FunctionCatalog catalog, HostFile host, Invoker invoker, StorageAccount account, Options options, ILogger<QueuePump> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private readonly QueueServiceClient service = account.Queues;
    // A real account counts every look.
    private readonly TimeSpan longestPause = options.Service ? host.MaxPollingInterval : TimeSpan.FromMilliseconds(400);
    private int taken;

    public IEnumerable<string> Names => catalog.With<QueueTriggerAttribute>().Select(found => found.Trigger.QueueName);

    /// <summary>Messages in the queue, those in hand or left alone for a while included; null where there is no such queue.</summary>
    public async Task<int?> CountAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (await service.GetQueueClient(name).GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>What this instance does and did, timers included.</summary>
    public WorkInHand InHand => new(invoker.Running, invoker.Begun, Volatile.Read(ref taken));

    /// <summary>Nothing is in hand and nothing waits. What begins while that is looked at is seen by its number.</summary>
    public async Task<bool> IsQuietAsync(CancellationToken cancel)
    {
        var begun = invoker.Begun;
        if (invoker.Running > 0)
        {
            return false;
        }
        var counts = await Task.WhenAll(Names.Select(name => CountAsync(name, cancel)));
        return counts.All(count => count is null or 0) && invoker.Running == 0 && invoker.Begun == begun;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(catalog.With<QueueTriggerAttribute>().Select(found => Task.Run(() => PumpAsync(found.Function, found.Trigger.QueueName, stoppingToken), CancellationToken.None)));

    private async Task PumpAsync(LocalFunction function, string name, CancellationToken stop)
    {
        var queue = service.GetQueueClient(name);
        var inHand = new List<Task>();
        var pause = ShortestPause;
        while (!stop.IsCancellationRequested)
        {
            inHand.RemoveAll(task => task.IsCompleted);
            try
            {
                if (inHand.Count <= host.NewBatchThreshold
                    && await queue.ReceiveMessagesAsync(host.BatchSize, Lease, stop) is { Value: { Length: > 0 } messages })
                {
                    Interlocked.Add(ref taken, messages.Length);
                    inHand.AddRange(messages.Select(message => Task.Run(() => HandleAsync(function, queue, message), CancellationToken.None)));
                    pause = ShortestPause;
                    continue;
                }
            }
            catch (Exception failure) when (failure is RequestFailedException or AggregateException or OperationCanceledException)
            {
                // The queue is not there yet or storage does not answer: ask again.
            }
            if (inHand.Count == 0)
            {
                pause = pause * 1.5 < longestPause ? pause * 1.5 : longestPause;
            }
            await Task.WhenAny([Task.Delay(pause, stop), .. inHand.Count > host.NewBatchThreshold ? inHand : []]);
        }
        await Task.WhenAll(inHand);
    }

    private async Task HandleAsync(LocalFunction function, QueueClient queue, QueueMessage message)
    {
        if (message.DequeueCount > host.MaxDequeueCount)
        {
            // Its last try ended with the process, perhaps because of it.
            await SettleAsync(queue, message, () => PutAsideAsync(queue, message, message.PopReceipt));
            return;
        }
        var receipt = message.PopReceipt;
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync();
        Exception? failure = null;
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString()));
            await invoker.InvokeAsync(function, null, (parameter, _) => Bind(parameter, text), invoker.GivingUp);
        }
        catch (Exception failed)
        {
            failure = failed;
        }
        await done.CancelAsync();
        await renewing;
        await SettleAsync(queue, message, () => SettleAsync(function, queue, message, receipt, failure));

        async Task RenewAsync()
        {
            while (true)
            {
                await Task.Delay(Lease / 3, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (done.IsCancellationRequested)
                {
                    return;
                }
                try
                {
                    receipt = (await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: Lease)).Value.PopReceipt;
                }
                catch (Exception lost) when (lost is RequestFailedException or AggregateException)
                {
                    log.LogWarning("A message of {Queue} may come again while it is in hand.", queue.Name);
                }
            }
        }
    }

    private async Task SettleAsync(LocalFunction function, QueueClient queue, QueueMessage message, string receipt, Exception? failure)
    {
        if (failure is null)
        {
            await queue.DeleteMessageAsync(message.MessageId, receipt);
        }
        else if (failure is OperationCanceledException && invoker.GivingUp.IsCancellationRequested)
        {
            // It did not fail, this instance ends: another takes it at once. Its tries are counted by storage, and it has lost none.
            if (message.DequeueCount < host.MaxDequeueCount)
            {
                await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: TimeSpan.Zero);
                return;
            }
            await queue.SendMessageAsync(message.Body.ToString());
            await queue.DeleteMessageAsync(message.MessageId, receipt);
        }
        else
        {
            log.LogError(failure, "{Function} failed at try {Try} of {Tries}.", function.Name, message.DequeueCount, host.MaxDequeueCount);
            await (message.DequeueCount < host.MaxDequeueCount
                ? queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: host.VisibilityTimeout)
                : PutAsideAsync(queue, message, receipt));
        }
    }

    private async Task PutAsideAsync(QueueClient queue, QueueMessage message, string receipt)
    {
        // Refused where the message has gone over to another instance meanwhile: that one puts it aside.
        var held = (await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: Lease)).Value.PopReceipt;
        var poison = service.GetQueueClient(queue.Name + "-poison");
        await poison.CreateIfNotExistsAsync();
        // Sent before it is deleted: a crash in between puts it aside twice and loses nothing.
        await poison.SendMessageAsync(message.Body.ToString());
        await queue.DeleteMessageAsync(message.MessageId, held);
    }

    private async Task SettleAsync(QueueClient queue, QueueMessage message, Func<Task> settle)
    {
        try
        {
            await settle();
        }
        catch (Exception refused) when (refused is RequestFailedException or AggregateException)
        {
            log.LogWarning("A message of {Queue} could not be settled at try {Try}: it will come again.", queue.Name, message.DequeueCount);
        }
    }

    private static object? Bind(ParameterInfo parameter, string text) =>
        parameter.ParameterType == typeof(string) ? text
        : parameter.ParameterType == typeof(BinaryData) ? BinaryData.FromString(text)
        : JsonSerializer.Deserialize(text, parameter.ParameterType, JsonSerializerOptions.Web);
}
