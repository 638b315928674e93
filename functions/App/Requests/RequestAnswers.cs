using System.Security.Cryptography;
using System.Text;
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

public enum Confirming { Confirmed, WrongCode, NothingWaits, NotAccepted }

/// <summary>Whoever holds the link prepares; the office's mailbox confirms with a code.</summary>
public sealed class RequestAnswers(
    RequestStore store, RequestLinks links, RequestKinds kinds, RecentRequests recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;

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
        if (AnswerRules.HasTooManyVersions(request, now))
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

    /// <summary>A repeated code of the answer that stands is confirmed again, and changes nothing.</summary>
    public async Task<Confirming> ConfirmAsync(Stored<OfficialRequest> stored, string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var request = stored.Record;
            var now = clock.GetCurrentInstant();
            if (request.Standing is { } standing && Matches(request, standing.Version, code))
            {
                return Confirming.Confirmed;
            }
            if (!AnswerRules.CanBeConfirmed(request))
            {
                return Confirming.NothingWaits;
            }
            if (!AnswerRules.IsAccepting(AnswerRules.WindowOf(request, cycle, now)))
            {
                return Confirming.NotAccepted;
            }
            var isRight = Matches(request, request.Draft!.Version, code);
            var change = isRight ? await ConfirmationAsync(stored, cycle, now, cancel) : new Change(Tables.Requests, RequestStore.PartitionOf(request.Cycle, request.Id))
                .Replace(RequestStore.RowOf(request.Id), AnswerRules.CountWrongCode(request), stored.ETag);
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                recent.Forget();
                return isRight ? Confirming.Confirmed : Confirming.WrongCode;
            }
            stored = (await store.FindAsync(request.Cycle, request.Id, cancel))!;
        }
        throw new InvalidOperationException("A request changed too often while its answer was confirmed.");
    }

    private async Task<Change> ConfirmationAsync(Stored<OfficialRequest> stored, Cycle cycle, Instant now, CancellationToken cancel)
    {
        var request = stored.Record;
        var answer = (await store.FindAnswerAsync(request.Cycle, request.Id, request.Draft!.Version, cancel))!;
        var confirmed = AnswerRules.Confirm(request, answer, cycle, now);
        var standing = confirmed.Standing!;
        return new Change(Tables.Requests, RequestStore.PartitionOf(request.Cycle, request.Id))
            .Replace(RequestStore.RowOf(request.Id), confirmed, stored.ETag)
            .Record(OfficialEvent.Of("answer-confirmed", request.Number, new { standing.Version, standing.Hash, standing.Late, answer.Items }))
            .Then(MailEffect.Send(
                $"answered!{request.Cycle}!{request.Id}!{request.Generation}!{standing.Version}", AnsweredMail.Name, request.Office.Mailbox, Language.Spanish,
                new AnsweredMail.Model(request.Cycle, request.Id, standing.Version)))
            .Then(kinds.Of(request).FollowConfirmation(confirmed, answer));
    }

    /// <summary>The same was prepared and waits for its code, or was confirmed: a double click, a reload, a lost answer.</summary>
    private async Task<bool> IsThereAlreadyAsync(OfficialRequest request, RequestAnswer answer, CancellationToken cancel)
    {
        var version = AnswerRules.CanBeConfirmed(request) ? request.Draft!.Version : request.Draft is null ? request.Standing?.Version : null;
        return version is { } there && (await store.FindAnswerAsync(request.Cycle, request.Id, there, cancel))!.SaysTheSameAs(answer);
    }

    private bool Matches(OfficialRequest request, int version, string code) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(links.CodeFor(request, version)), Encoding.ASCII.GetBytes(new string([.. code.Where(char.IsAsciiDigit)])));
}
