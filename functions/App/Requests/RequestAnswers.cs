using NodaTime;
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

/// <summary>Whoever holds the link prepares, and the office's mailbox confirms with a code; or answers at once, where the kind does not bind.</summary>
public sealed class RequestAnswers(
    RequestStore store, RequestKinds kinds, RecentRequests recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
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
        if (await ledger.CommitAsync(kinds.Of(request).IsBinding ? PreparationOf(stored, answer, now) : AnswerOf(stored, answer, cycle, now), cancel) == CommitResult.Committed)
        {
            recent.Forget();
            return new Preparing.Prepared();
        }
        var there = (await store.FindAsync(request.Cycle, request.Id, cancel))!.Record;
        return await IsThereAlreadyAsync(there, answer, cancel) ? new Preparing.Prepared() : new Preparing.Overtaken();
    }

    private static Change PreparationOf(Stored<OfficialRequest> stored, RequestAnswer answer, Instant now)
    {
        var request = stored.Record;
        return ChangeOf(stored, AnswerRules.Prepare(request, now), answer)
            .Record(OfficialEvent.Of("answer-prepared", request.Number, new { answer.Version, Hash = answer.Hash() }))
            .Then(MailEffect.Send(
                $"code!{request.Cycle}!{request.Id}!{request.Generation}!{answer.Version}", CodeMail.Name, request.Office.Mailbox, Language.Spanish,
                new CodeMail.Model(request.Cycle, request.Id, answer.Version)));
    }

    private Change AnswerOf(Stored<OfficialRequest> stored, RequestAnswer answer, Cycle cycle, Instant now)
    {
        var answered = AnswerRules.Confirm(AnswerRules.Prepare(stored.Record, now), answer, cycle, now);
        var confirmation = answered.Confirmations[^1];
        var kind = kinds.Of(answered);
        var change = ChangeOf(stored, answered, answer)
            .Record(OfficialEvent.Of(
                "answer-given", answered.Number,
                new { confirmation.Version, confirmation.Hash, confirmation.Late, Stands = answered.Standing == confirmation, Items = kind.PublicPart(answered, answer) }))
            .Then(kind.FollowAnswer(answered, answer));
        return kind.IsNota ? change.Then(AnsweredMail.Of(answered, confirmation)) : change;
    }

    private static Change ChangeOf(Stored<OfficialRequest> before, OfficialRequest now, RequestAnswer answer) =>
        new Change(Tables.Requests, RequestStore.PartitionOf(now.Cycle, now.Id))
            .Replace(RequestStore.RowOf(now.Id), now, before.ETag)
            .Add(RequestStore.AnswerRowOf(now.Id, answer.Version), answer);

    /// <summary>The same was prepared and waits for its code, or was confirmed: a double click, a reload, a lost answer.</summary>
    private async Task<bool> IsThereAlreadyAsync(OfficialRequest request, RequestAnswer answer, CancellationToken cancel)
    {
        var version = AnswerRules.CanBeConfirmed(request) ? request.Draft!.Version : request.Draft is null ? request.Confirmations.LastOrDefault(confirmation => confirmation.Paper is null)?.Version : null;
        return version is { } there && (await store.FindAnswerAsync(request.Cycle, request.Id, there, cancel))!.SaysTheSameAs(answer);
    }
}
