using Azure;
using Azure.Data.Tables;
using OpenGov.Functions.Record;

namespace OpenGov.Functions.Storage;

/// <summary>
/// One entity-group transaction: rows, the events that say what happened and the effects that must follow.
/// All of it is written or none. At most 100 rows of one partition.
/// </summary>
public sealed class Change(string table, string partition)
{
    public string Table { get; } = table;

    public string Partition { get; } = partition;

    internal List<TableTransactionAction> Rows { get; } = [];

    internal List<OfficialEvent> Events { get; } = [];

    internal List<Effect> Effects { get; } = [];

    /// <summary>The commit is refused where the row exists already.</summary>
    public Change Add<T>(string row, T record) => With(TableTransactionActionType.Add, Document.Of(Partition, row, record), default);

    /// <summary>The commit is refused where the row is not as it was read.</summary>
    public Change Replace<T>(string row, T record, ETag asRead) =>
        With(TableTransactionActionType.UpdateReplace, Document.Of(Partition, row, record), asRead);

    public Change Put<T>(string row, T record) => With(TableTransactionActionType.UpsertReplace, Document.Of(Partition, row, record), default);

    public Change Delete(string row, ETag asRead) => With(TableTransactionActionType.Delete, new TableEntity(Partition, row), asRead);

    public Change Record(OfficialEvent @event)
    {
        Events.Add(@event);
        return this;
    }

    public Change Then(params IEnumerable<Effect> effects)
    {
        Effects.AddRange(effects);
        return this;
    }

    private Change With(TableTransactionActionType type, TableEntity entity, ETag etag)
    {
        Rows.Add(new TableTransactionAction(type, entity, etag));
        return this;
    }
}

/// <summary>
/// What must happen after a change, exactly once by its <paramref name="Identity"/>, however often it is tried.
/// <paramref name="Kind"/> names the handler; <paramref name="Payload"/> is what it needs.
/// </summary>
public sealed record Effect(string Kind, string Identity, System.Text.Json.JsonElement Payload)
{
    public static Effect Of<T>(string kind, string identity, T payload) =>
        new(kind, identity, System.Text.Json.JsonSerializer.SerializeToElement(payload, Json.Options));
}
