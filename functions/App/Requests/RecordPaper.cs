using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <param name="Name">Who signed.</param>
public sealed record PaperAnswer(IReadOnlyList<ItemAnswer> Items, string Name, string Office, PaperSource Source);

/// <summary>Staff enter a signed nota with its scan. It takes effect at once, and before what was confirmed by e-mail.</summary>
public sealed class RecordPaper(RequestStore store, RequestKinds kinds, RecentRequests recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;

    /// <param name="seen">The revision that the member of staff looked at; null where none is claimed.</param>
    public async Task<Acting> RecordAsync(string id, PaperAnswer paper, int? seen, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await store.FindAsync(cycle.Id, id, cancel) is not { Record: var request } stored)
            {
                return new Acting.Unknown();
            }
            var now = clock.GetCurrentInstant();
            var answer = new RequestAnswer(request.Id, request.Prepared.Count + 1, paper.Items, paper.Name, paper.Office, now, paper.Source);
            if (await IsThereAlreadyAsync(request, answer, cancel))
            {
                return new Acting.Done(request);
            }
            if (seen is { } revision && revision != request.Revision)
            {
                return new Acting.Overtaken(request);
            }
            if (request.PhaseAt(now, cycle) is var phase && !RequestLife.Allows(phase, RequestAct.RecordPaper))
            {
                return new Acting.NotNow(phase);
            }
            if (AnswerRules.FaultOf(request, paper.Source, cycle, now) is { } fault)
            {
                return new Acting.Invalid(fault == PaperFault.SignedAfterReceived ? "signed" : "received", $"{fault}");
            }
            var recorded = AnswerRules.RecordPaper(request, answer, cycle, now);
            if (await ledger.CommitAsync(ChangeOf(stored, recorded, answer), cancel) == CommitResult.Committed)
            {
                recent.Forget();
                return new Acting.Done(recorded);
            }
        }
        throw new InvalidOperationException("A request changed too often while a paper was recorded.");
    }

    private Change ChangeOf(Stored<OfficialRequest> before, OfficialRequest now, RequestAnswer answer)
    {
        var confirmation = now.Confirmations[^1];
        return new Change(Tables.Requests, RequestStore.PartitionOf(now.Cycle, now.Id))
            .Replace(RequestStore.RowOf(now.Id), now, before.ETag)
            .Add(RequestStore.AnswerRowOf(now.Id, answer.Version), answer)
            .Record(OfficialEvent.Of(
                "paper-recorded", now.Number,
                new
                {
                    confirmation.Version,
                    confirmation.Hash,
                    confirmation.Late,
                    answer.Paper!.ReceivedOn,
                    ScanSha256 = answer.Paper.Scan,
                    Stands = now.Standing == confirmation,
                    Before = before.Record.Standing?.Version,
                    Items = kinds.Of(now).PublicPart(now, answer),
                },
                answer.Paper.EnteredBy))
            .Then(AnsweredMail.Of(now, confirmation))
            .Then(kinds.Of(now).FollowAnswer(now, answer));
    }

    /// <summary>The same paper, entered twice.</summary>
    private async Task<bool> IsThereAlreadyAsync(OfficialRequest request, RequestAnswer answer, CancellationToken cancel)
    {
        foreach (var confirmation in request.Confirmations.Where(known => known.Paper is { } paper && paper with { EnteredBy = "" } == answer.Paper! with { EnteredBy = "" }))
        {
            var known = (await store.FindAnswerAsync(request.Cycle, request.Id, confirmation.Version, cancel))!;
            if ((known with { Paper = answer.Paper }).SaysTheSameAs(answer))
            {
                return true;
            }
        }
        return false;
    }
}
