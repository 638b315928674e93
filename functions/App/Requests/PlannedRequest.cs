using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>A nota that has its number and is on its way to its office: what it asks is settled.</summary>
/// <param name="Round">Of its kind, from 1 on: those that were sent together.</param>
public sealed record PlannedRequest(
    string Id, string Kind, int Round, string Institution, string? Seat, IReadOnlyList<RequestItem> Items, LocalDate Due, Instant At);

public sealed class PlannedRequests(StorageClients storage)
{
    private const string RowPrefix = "Q!";

    /// <summary>Of one kind, or of all.</summary>
    public Task<IReadOnlyList<PlannedRequest>> ListAsync(Cycle cycle, string? kind, CancellationToken cancel) =>
        Document.ReadAllAsync<PlannedRequest>(storage.Table(Tables.Requests), NotaBookStore.PartitionOf(cycle), kind is null ? RowPrefix : $"{RowPrefix}{kind}!", cancel);

    public async Task<PlannedRequest?> FindAsync(Cycle cycle, string kind, string id, CancellationToken cancel) =>
        (await Document.FindAsync<PlannedRequest>(storage.Table(Tables.Requests), NotaBookStore.PartitionOf(cycle), RowOf(kind, id), cancel))?.Record;

    internal static string RowOf(string kind, string id) => $"{RowPrefix}{kind}!{id}";
}
