using System.Globalization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>The numbering of a cycle's notas, whatever their kind.</summary>
/// <param name="LastRound">Of validations.</param>
public sealed record NotaBook(int LastNumber, int LastRound)
{
    public static NotaBook Empty { get; } = new(0, 0);

    /// <summary>"001-2019".</summary>
    public static string IdOf(int order, int year) => string.Create(CultureInfo.InvariantCulture, $"{order:D3}-{year}");

    /// <summary>As it is cited.</summary>
    public static string NumberOf(string id) => $"Nota N.º {id}";
}

/// <summary>What takes a number is written beside the book, in one transaction: no number is given twice, or left out.</summary>
public sealed class NotaBookStore(StorageClients storage)
{
    private const string BookRow = "B!notas";

    internal static string PartitionOf(Cycle cycle) => $"{cycle.Id}!D";

    internal Task<Stored<NotaBook>?> FindAsync(Cycle cycle, CancellationToken cancel) =>
        Document.FindAsync<NotaBook>(storage.Table(Tables.Requests), PartitionOf(cycle), BookRow, cancel);

    internal static Change Number(Change change, Stored<NotaBook>? before, NotaBook book) =>
        before is null ? change.Add(BookRow, book) : change.Replace(BookRow, book, before.ETag);
}
