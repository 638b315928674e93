using System.Net;
using Azure;
using Azure.Data.Tables;
using OpenGov.Functions.Record;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

public enum CommitResult { Committed, Conflict }

/// <summary>Commits changes with their events and effects, and wakes the delivery of the effects.</summary>
public sealed class Ledger(StorageClients storage, OpenWork openWork, WakeUp wakeUp, TimeProvider clock)
{
    /// <summary>
    /// <see cref="CommitResult.Conflict"/> where a row exists already or has changed since it was read. The SDK
    /// retries a request whose answer was lost, and the retry meets the rows of the first try: after a conflict
    /// the caller reads back and compares before it refuses.
    /// </summary>
    public async Task<CommitResult> CommitAsync(Change change, CancellationToken cancel)
    {
        var place = new WorkPlace(change.Table, change.Partition, OpenWork.CurrentBucket());
        if (change.Effects.Count > 0)
        {
            await openWork.EnsureListedAsync(place, cancel);
        }
        try
        {
            await storage.Table(change.Table).SubmitTransactionAsync(
                [.. change.Rows, .. EventRows(change, place.Bucket), .. EffectRows(change, place.Bucket)], cancel);
        }
        catch (RequestFailedException refused) when (refused.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            return CommitResult.Conflict;
        }
        if (change.Effects.Count > 0)
        {
            wakeUp.Request(place);
        }
        return CommitResult.Committed;
    }

    private IEnumerable<TableTransactionAction> EventRows(Change change, string bucket) =>
        change.Events.Select(@event => new TableTransactionAction(
            TableTransactionActionType.Add,
            Document.Of(change.Partition, $"E!{bucket}!{Guid.CreateVersion7():N}", new RecordedEvent(clock.GetUtcNow(), @event))));

    private static IEnumerable<TableTransactionAction> EffectRows(Change change, string bucket) =>
        change.Effects.Select(effect => new TableTransactionAction(
            TableTransactionActionType.Add,
            EffectRow.Of(change.Partition, bucket, effect)));
}

/// <param name="At">Of the domain's clock.</param>
internal sealed record RecordedEvent(DateTimeOffset At, OfficialEvent Event);

internal static class EffectRow
{
    /// <summary>The property that keeps the trace in which the effect was asked for.</summary>
    public const string Trace = "Trace";

    public static TableEntity Of(string partition, string bucket, Effect effect)
    {
        var row = Document.Of(partition, $"{Prefix(bucket)}{Guid.CreateVersion7():N}", effect);
        row[Trace] = Traces.Current;
        return row;
    }

    /// <summary>The filter of the effects that wait in a place, in the order of their writing.</summary>
    public static string In(WorkPlace place) => Document.RowsWithPrefix(place.Partition, Prefix(place.Bucket));

    private static string Prefix(string bucket) => $"O!{bucket}!";
}
