using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

/// <summary>Carries out one kind of effect. It may be called again for an effect that was carried out already.</summary>
public interface IEffectHandler
{
    string Kind { get; }

    /// <summary>Throws where it failed for now; the effect stays and is tried again.</summary>
    Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel);
}

/// <param name="RetryAfter">Null when done; else how long to leave the effect alone.</param>
public sealed record EffectOutcome(TimeSpan? RetryAfter)
{
    public static EffectOutcome Done { get; } = new((TimeSpan?)null);

    public static EffectOutcome Later(TimeSpan wait) => new(wait);
}

/// <param name="Trace">In which it was asked for.</param>
public sealed record WaitingEffect(string? Trace);

/// <summary>Delivers the effects that wait in one place. Effects of one place are taken by one delivery of an instance at a time.</summary>
public sealed class Outbox(StorageClients storage, IEnumerable<IEffectHandler> handlers)
{
    private const int AtOnce = 8;
    private readonly Dictionary<string, IEffectHandler> handlers = handlers.ToDictionary(handler => handler.Kind);
    private readonly ConcurrentDictionary<WorkPlace, SemaphoreSlim> turns = new();
    private readonly ConcurrentDictionary<WorkPlace, DateTimeOffset> retries = new();

    /// <summary>
    /// The time after which the place is to be delivered again, for what was left alone; null where nothing was, or
    /// where this instance asked for it already: each message of a place must not bring forth another.
    /// </summary>
    public async Task<TimeSpan?> DeliverAsync(WorkPlace place, CancellationToken cancel)
    {
        var turn = turns.GetOrAdd(place, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancel);
        try
        {
            return await DeliverWaitingAsync(place, cancel) is { } wait && retries.GetValueOrDefault(place) <= Now
                ? Remember(place, wait)
                : null;
        }
        finally
        {
            turn.Release();
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private TimeSpan Remember(WorkPlace place, TimeSpan wait)
    {
        // A queue counts in whole seconds: its message may come a little early.
        retries[place] = Now + wait - TimeSpan.FromSeconds(2);
        return wait;
    }

    /// <summary>The effect that has waited longest in a place; null where none waits.</summary>
    public async Task<WaitingEffect?> FindFirstAsync(WorkPlace place, CancellationToken cancel)
    {
        var rows = storage.Table(place.Table).QueryAsync<TableEntity>(
            EffectRow.In(place), maxPerPage: 1, select: [nameof(TableEntity.RowKey), EffectRow.Trace], cancellationToken: cancel);
        return await rows.FirstOrDefaultAsync(cancel) is { } row ? new WaitingEffect(row.GetString(EffectRow.Trace)) : null;
    }

    private async Task<TimeSpan?> DeliverWaitingAsync(WorkPlace place, CancellationToken cancel)
    {
        var table = storage.Table(place.Table);
        var failures = new ConcurrentBag<Exception>();
        var waits = new ConcurrentBag<TimeSpan>();
        var found = 0;
        var waiting = table.QueryAsync<TableEntity>(EffectRow.In(place), cancellationToken: cancel);
        await foreach (var page in waiting.AsPages().WithCancellation(cancel))
        {
            // Whatever an effect follows from was written before it.
            Fresh.FromNow();
            await Parallel.ForEachAsync(page.Values, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (row, stop) =>
            {
                Interlocked.Increment(ref found);
                try
                {
                    if ((await CarryOutAsync(table, row, stop)).RetryAfter is { } wait)
                    {
                        waits.Add(wait);
                    }
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // One effect that fails must not keep the others of its place waiting.
                    failures.Add(failure);
                }
            });
        }
        if (!failures.IsEmpty)
        {
            throw new AggregateException($"{failures.Count} of {found} effects failed.", failures);
        }
        return waits.IsEmpty ? null : waits.Min();
    }

    private async Task<EffectOutcome> CarryOutAsync(TableClient table, TableEntity row, CancellationToken cancel)
    {
        var effect = Document.Read<Effect>(row);
        using var activity = Traces.Continue($"effect {effect.Kind}", row.GetString(EffectRow.Trace));
        EffectOutcome outcome;
        try
        {
            outcome = await handlers[effect.Kind].HandleAsync(effect, cancel);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
        if (outcome.RetryAfter is null)
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
        }
        return outcome;
    }
}
