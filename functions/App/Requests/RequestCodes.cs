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

public enum Confirming { Confirmed, WrongCode, NothingWaits, NotAccepted }

/// <summary>What the office's mailbox confirms with a code: an answer that was prepared, or a delegation that was asked for.</summary>
public sealed class RequestCodes(
    RequestStore store, RequestLinks links, RequestKinds kinds, RecentRequests recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int Tries = 8;
    private const int DigitsOfACode = 6;

    /// <summary>A code that took effect before is confirmed again, and changes nothing.</summary>
    public async Task<Confirming> ConfirmAsync(Stored<OfficialRequest> stored, string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var request = stored.Record;
            var now = clock.GetCurrentInstant();
            if (TookEffect(request, code))
            {
                return Confirming.Confirmed;
            }
            var (outcome, change) = await ReadAsync(stored, code, cycle, now, cancel);
            if (change is null)
            {
                return outcome;
            }
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                recent.Forget();
                return outcome;
            }
            stored = (await store.FindAsync(request.Cycle, request.Id, cancel))!;
            if (stored.Record.Generation != request.Generation)
            {
                // The link by which the code came died meanwhile.
                return Confirming.NothingWaits;
            }
        }
        throw new InvalidOperationException("A request changed too often while its code was read.");
    }

    private async Task<(Confirming Outcome, Change? Change)> ReadAsync(
        Stored<OfficialRequest> stored, string code, Cycle cycle, Instant now, CancellationToken cancel)
    {
        var request = stored.Record;
        var phase = request.PhaseAt(now, cycle);
        var (answer, delegation) = (AnswerRules.CanBeConfirmed(request), AnswerRules.CanBeDelegated(request));
        if (!answer && !delegation)
        {
            return (Confirming.NothingWaits, null);
        }
        if (answer && Matches(links.CodeFor(request, request.Draft!.Version), code))
        {
            return RequestLife.Allows(phase, RequestAct.Confirm) && AnswerRules.IsAccepting(AnswerRules.WindowOf(request, cycle, now))
                ? (Confirming.Confirmed, await ConfirmationAsync(stored, cycle, now, cancel))
                : (Confirming.NotAccepted, null);
        }
        if (delegation && Matches(links.CodeForDelegation(request, request.PendingDelegation!.Asked.Number), code))
        {
            return RequestLife.Allows(phase, RequestAct.Delegate) ? (Confirming.Confirmed, DelegationOf(stored, now)) : (Confirming.NotAccepted, null);
        }
        // A mail scanner that presses the button with nothing typed must not use up the office's tries.
        return (Confirming.WrongCode, Digits(code).Length != DigitsOfACode ? null
            : ChangeOf(request).Replace(RequestStore.RowOf(request.Id), AnswerRules.CountWrongCode(request, now), stored.ETag));
    }

    private async Task<Change> ConfirmationAsync(Stored<OfficialRequest> stored, Cycle cycle, Instant now, CancellationToken cancel)
    {
        var request = stored.Record;
        var answer = (await store.FindAnswerAsync(request.Cycle, request.Id, request.Draft!.Version, cancel))!;
        var confirmed = AnswerRules.Confirm(request, answer, cycle, now);
        var confirmation = confirmed.Confirmations[^1];
        return ChangeOf(request)
            .Replace(RequestStore.RowOf(request.Id), confirmed, stored.ETag)
            .Record(OfficialEvent.Of(
                "answer-confirmed", request.Number,
                new { confirmation.Version, confirmation.Hash, confirmation.Late, Stands = confirmed.Standing == confirmation, Items = kinds.Of(request).PublicPart(request, answer) }))
            .Then(AnsweredMail.Of(confirmed, confirmation))
            .Then(kinds.Of(request).FollowAnswer(confirmed, answer));
    }

    /// <summary>The record says that it was delegated, not to whom.</summary>
    private static Change DelegationOf(Stored<OfficialRequest> stored, Instant now)
    {
        var delegated = RequestLife.Delegate(stored.Record, now);
        return ChangeOf(delegated)
            .Replace(RequestStore.RowOf(delegated.Id), delegated, stored.ETag)
            .Record(OfficialEvent.Of("request-delegated", delegated.Number, new { delegated.Delegation!.Number }))
            .Then(MailEffect.Send(
                $"delegated!{delegated.Cycle}!{delegated.Id}!{delegated.Generation}!{delegated.Delegation.Number}", NotaMail.Name, delegated.Delegation.Mailbox,
                Language.Spanish, new NotaMail.Model(delegated.Cycle, delegated.Id, delegated.Generation, delegated.Delegation.Number)));
    }

    private static Change ChangeOf(OfficialRequest request) => new(Tables.Requests, RequestStore.PartitionOf(request.Cycle, request.Id));

    private bool TookEffect(OfficialRequest request, string code) =>
        (request.Confirmations.LastOrDefault(confirmation => confirmation.Paper is null) is { } last && Matches(links.CodeFor(request, last.Version), code))
        || (request.Delegation is { } delegation && Matches(links.CodeForDelegation(request, delegation.Number), code));

    private static bool Matches(string right, string typed) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(right), Encoding.ASCII.GetBytes(Digits(typed)));

    private static string Digits(string typed) => new([.. typed.Where(char.IsAsciiDigit)]);
}
