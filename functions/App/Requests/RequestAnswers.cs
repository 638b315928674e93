using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

public abstract record Preparing
{
    public sealed record Prepared : Preparing;
    public sealed record NotAccepted(AnswerWindow Window) : Preparing;

    /// <summary>Somebody else prepared another answer meanwhile.</summary>
    public sealed record Overtaken : Preparing;
    public sealed record TooMany : Preparing;
}

/// <summary>Whoever holds the link prepares; the office's mailbox confirms with a code.</summary>
public sealed class RequestAnswers(
    RequestStore store, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    /// <param name="seen">The number of versions that the form knew of; null where it does not say.</param>
    /// <param name="again">A new code is asked for, though the answer is the same.</param>
    public async Task<Preparing> PrepareAsync(
        Stored<OfficialRequest> stored, IReadOnlyList<ItemAnswer> items, string name, string office, int? seen, bool again, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var request = stored.Record;
        var answer = new RequestAnswer(request.Id, request.Prepared.Count + 1, items, name, office, now);
        if (!again && await IsThereAlreadyAsync(request, answer, cancel))
        {
            return new Preparing.Prepared();
        }
        if (AnswerRules.WindowOf(request, cycle, now) is var window && !AnswerRules.IsAccepting(window))
        {
            return new Preparing.NotAccepted(window);
        }
        if (seen < request.Prepared.Count)
        {
            return new Preparing.Overtaken();
        }
        if (AnswerRules.AsksForTooManyCodes(request, now))
        {
            return new Preparing.TooMany();
        }
        var change = new Change(Tables.Requests, RequestStore.PartitionOf(request.Cycle, request.Id))
            .Replace(RequestStore.RowOf(request.Id), AnswerRules.Prepare(request, now), stored.ETag)
            .Add(RequestStore.AnswerRowOf(request.Id, answer.Version), answer)
            .Record(OfficialEvent.Of("answer-prepared", request.Number, new { answer.Version, Hash = answer.Hash() }))
            .Then(MailEffect.Send(
                $"code!{request.Cycle}!{request.Id}!{request.Generation}!{answer.Version}", CodeMail.Name, request.Office.Mailbox, Language.Spanish,
                new CodeMail.Model(request.Cycle, request.Id, answer.Version)));
        if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
        {
            return new Preparing.Prepared();
        }
        var there = (await store.FindAsync(request.Cycle, request.Id, cancel))!.Record;
        return await IsThereAlreadyAsync(there, answer, cancel) ? new Preparing.Prepared() : new Preparing.Overtaken();
    }

    /// <summary>The same was prepared and waits for its code, or was confirmed: a double click, a reload, a lost answer.</summary>
    private async Task<bool> IsThereAlreadyAsync(OfficialRequest request, RequestAnswer answer, CancellationToken cancel)
    {
        var version = AnswerRules.CanBeConfirmed(request) ? request.Draft!.Version : request.Draft is null ? request.Confirmations.LastOrDefault(confirmation => confirmation.Paper is null)?.Version : null;
        return version is { } there && (await store.FindAnswerAsync(request.Cycle, request.Id, there, cancel))!.SaysTheSameAs(answer);
    }
}
