using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <param name="Confirmed">Every version that took effect, in the order of its recording.</param>
public sealed record AnsweredRequest(OfficialRequest Request, IReadOnlyList<RequestAnswer> Confirmed)
{
    /// <summary>The version that stands.</summary>
    public RequestAnswer? Answer { get; } = Confirmed.FirstOrDefault(answer => answer.Version == Request.Standing?.Version);
}

public sealed class RequestStore(StorageClients storage)
{
    private const int Partitions = 16;
    private const string RowPrefix = "R!";
    private const string AnswerPrefix = "A!";
    private readonly TableClient table = storage.Table(Tables.Requests);

    public Task<Stored<OfficialRequest>?> FindAsync(string cycle, string id, CancellationToken cancel) =>
        Document.FindAsync<OfficialRequest>(table, PartitionOf(cycle, id), RowOf(id), cancel);

    public async Task<RequestAnswer?> FindAnswerAsync(string cycle, string id, int version, CancellationToken cancel) =>
        (await Document.FindAsync<RequestAnswer>(table, PartitionOf(cycle, id), AnswerRowOf(id, version), cancel))?.Record;

    /// <summary>In the order of their numbers.</summary>
    public async Task<IReadOnlyList<AnsweredRequest>> ListAsync(string cycle, CancellationToken cancel)
    {
        var answers = (await RowsAsync<RequestAnswer>(cycle, AnswerPrefix, cancel)).ToDictionary(answer => (answer.Request, answer.Version));
        return [.. (await RowsAsync<OfficialRequest>(cycle, RowPrefix, cancel))
            .OrderBy(request => request.Id, StringComparer.Ordinal)
            .Select(request => new AnsweredRequest(
                request, [.. request.Confirmations.Select(confirmation => answers.GetValueOrDefault((request.Id, confirmation.Version))).OfType<RequestAnswer>()]))];
    }

    public static string PartitionOf(string cycle, string id) =>
        $"{cycle}!R{(SHA256.HashData(Encoding.ASCII.GetBytes(id))[0] % Partitions).ToString("x", CultureInfo.InvariantCulture)}";

    public static string RowOf(string id) => RowPrefix + id;

    internal static string AnswerRowOf(string id, int version) => string.Create(CultureInfo.InvariantCulture, $"{AnswerPrefix}{id}!{version:D4}");

    private async Task<List<T>> RowsAsync<T>(string cycle, string rowPrefix, CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {cycle + "!R"} and PartitionKey lt {cycle + "!R~"} and RowKey ge {rowPrefix} and RowKey lt {rowPrefix + "~"}");
        var rows = new List<T>();
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            rows.Add(Document.Read<T>(entity));
        }
        return rows;
    }
}

/// <summary>The public list's copy: a nota that waits for a new holder is not public yet.</summary>
public sealed class RecentRequests(RequestStore store, RequestKinds kinds, CurrentCycle cycles)
{
    private readonly RecentByCycle<IReadOnlyList<AnsweredRequest>> recent = new(cycles, async (cycle, cancel) =>
        [.. (await store.ListAsync(cycle.Id, cancel)).Where(answered => !answered.Request.Waits && kinds.Of(answered.Request).IsNota)]);

    public ValueTask<IReadOnlyList<AnsweredRequest>> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    public ValueTask<IReadOnlyList<AnsweredRequest>> GetAsync(Cycle cycle, CancellationToken cancel) => recent.GetAsync(cycle, cancel);

    public void Forget() => recent.Forget();
}
