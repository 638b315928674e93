using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>What became of notas that staff sent.</summary>
public abstract record Sending
{
    /// <summary>Also for the same sent again: it gets its first answer.</summary>
    public sealed record Sent(IReadOnlyList<PlannedRequest> Requests) : Sending;

    /// <param name="Code">"nothing-chosen", "due-passed", "not-to-be-asked", "details", "already-asked", "no-mailbox", "too-many-offices".</param>
    /// <param name="Which">The addressees at fault.</param>
    public sealed record Refused(string Code, params IReadOnlyList<string> Which) : Sending;
}

/// <summary>Numbers the notas of one kind that go out together, and hands each to its way: all of them, or none.</summary>
public sealed class DispatchRequests(PlannedRequests planned, OpenRequests open, NotaBookStore books, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;

    // A transaction holds 100: a row and an effect for each, the book and the event.
    private const int MostAtOnce = 45;

    /// <param name="chosen">As <see cref="KeyOf"/> names them.</param>
    /// <param name="due">Inclusive.</param>
    /// <param name="details">What the kind asks staff to say; empty where it asks nothing.</param>
    public async Task<Sending> SendAsync(IRequestKind kind, IReadOnlyCollection<string> chosen, LocalDate due, string details, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            // Before what is judged by it: a change in between is a conflict.
            var book = await books.FindAsync(cycle, cancel);
            var (outcome, change) = await TryAsync(kind, [.. chosen.Distinct()], due, details.Trim(), (cycle, book, by), cancel);
            if (change is null || await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                return outcome;
            }
        }
        throw new InvalidOperationException("The book of notas changed too often.");
    }

    /// <summary>What a form or the API calls an addressee: "MEF", "MEF T-01".</summary>
    public static string KeyOf(Addressee to) => KeyOf(to.Institution, to.Seat);

    private static string KeyOf(string institution, string? seat) => seat is null ? institution : $"{institution} {seat}";

    private async Task<(Sending Outcome, Change? Change)> TryAsync(
        IRequestKind kind, IReadOnlyList<string> chosen, LocalDate due, string details, (Cycle Cycle, Stored<NotaBook>? Book, string By) to, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var possible = await kind.InquiriesAsync(to.Cycle, cancel);
        var asked = await open.ListAsync(to.Cycle, kind.Kind, cancel);
        var inquiries = OpenRequests.Without(possible, asked).Where(inquiry => chosen.Contains(KeyOf(inquiry.To)))
            .Select(inquiry => inquiry with { Items = [.. inquiry.Items.Select(item => kind.WithDetails(item, details, to.Cycle)).OfType<RequestItem>()] }).ToList();
        var refusal = chosen.Count == 0 ? new Sending.Refused("nothing-chosen")
            : inquiries.Count < chosen.Count ? Missing(chosen, possible, inquiries)
            : inquiries.Where(inquiry => !inquiry.To.CanBeReached).Select(inquiry => KeyOf(inquiry.To)).ToList() is { Count: > 0 } unreachable ? new Sending.Refused("no-mailbox", unreachable)
            : inquiries.Any(inquiry => inquiry.Items.Count == 0) ? new Sending.Refused("details")
            : inquiries.Count > MostAtOnce ? new Sending.Refused("too-many-offices")
            : due < to.Cycle.DateOf(now) ? new Sending.Refused("due-passed")
            : null;
        if (refusal is not null)
        {
            var same = asked.Where(request => request.Due == due && chosen.Contains(KeyOf(request.Institution, request.Seat))).ToList();
            return (refusal.Code == "already-asked" && same.Count == chosen.Count ? new Sending.Sent(same) : refusal, null);
        }
        var numbering = to.Book?.Record ?? NotaBook.Empty;
        var round = (await planned.ListAsync(to.Cycle, kind.Kind, cancel)).Select(request => request.Round).DefaultIfEmpty().Max() + 1;
        var sent = inquiries.Select((inquiry, index) => new PlannedRequest(
            NotaBook.IdOf(numbering.LastNumber + index + 1, to.Cycle.DateOf(now).Year), kind.Kind, round, inquiry.To.Institution, inquiry.To.Seat, inquiry.Items, due, now)).ToList();
        var change = new Change(Tables.Requests, NotaBookStore.PartitionOf(to.Cycle))
            .Record(OfficialEvent.Of(
                "requests-dispatched", $"{kind.Kind} {round}",
                new { kind.Kind, Round = round, Due = due, Notas = sent.Select(request => new { request.Id, request.Institution, request.Seat }) }, to.By))
            .Then(sent.Select(request => RoutedRequest.Effect(to.Cycle, request)));
        NotaBookStore.Number(change, to.Book, numbering with { LastNumber = numbering.LastNumber + sent.Count });
        foreach (var request in sent)
        {
            change.Add(PlannedRequests.RowOf(kind.Kind, request.Id), request);
        }
        return (new Sending.Sent(sent), change);
    }

    private static Sending.Refused Missing(IReadOnlyList<string> chosen, IReadOnlyList<Inquiry> possible, List<Inquiry> inquiries)
    {
        var missing = chosen.Except(inquiries.Select(inquiry => KeyOf(inquiry.To))).ToList();
        return new Sending.Refused(missing.Exists(key => possible.All(inquiry => KeyOf(inquiry.To) != key)) ? "not-to-be-asked" : "already-asked", missing);
    }
}
