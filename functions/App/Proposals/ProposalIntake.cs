using FluentValidation.Results;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>What became of a proposal that was sent.</summary>
public abstract record Intake
{
    /// <param name="IsNew">False where the same was accepted before and gets its first answer again.</param>
    public sealed record Accepted(Proposal Proposal, bool IsNew) : Intake;

    /// <param name="Reason">The code of the API's problem document.</param>
    public abstract record Refused(string Reason) : Intake;

    public sealed record Invalid(IReadOnlyList<ValidationFailure> Failures) : Refused("invalid");
    public sealed record OutsideWindow(CallDecision Decision, Cycle Cycle) : Refused(Decision == CallDecision.NotOpenYet ? "call-not-open-yet" : "call-closed");
    public sealed record KeyUsedOtherwise() : Refused("idempotency-mismatch");
}

/// <param name="Key">What makes a repetition recognisable: an Idempotency-Key or a form ticket; null where there is none.</param>
/// <param name="FormShownAt">Null for the API.</param>
/// <param name="Via">The code of the channel by whose link the form was opened.</param>
public sealed record IntakeOrigin(string? Key, Instant? FormShownAt, string? Via = null);

/// <summary>Accepts proposals: one transaction each, and no read before it.</summary>
public sealed class ProposalIntake(
    CurrentCycle cycles, ProposalStore store, ProposalSnapshot snapshot, Ledger ledger, ProposalKeys keys, Measures measures, TimeProvider clock,
    IStringLocalizer<ProposalTexts> texts)
{
    private const int MostCollisions = ProposalKeys.MostCollisions;

    public async Task<Intake> AcceptAsync(ProposalInput sent, IntakeOrigin origin, CancellationToken cancel)
    {
        var outcome = await DecideAsync(sent, origin, cancel);
        switch (outcome)
        {
            case Intake.Accepted(var proposal, true):
                measures.ProposalAccepted(proposal.Content.Channel);
                break;
            case Intake.Refused { Reason: var reason }:
                measures.ProposalRefused(reason);
                break;
            default:
                // The same again got its first answer.
                break;
        }
        return outcome;
    }

    private async Task<Intake> DecideAsync(ProposalInput sent, IntakeOrigin origin, CancellationToken cancel)
    {
        var receivedAt = clock.GetCurrentInstant();
        var cycle = await cycles.GetAsync(cancel);
        var input = sent.Cleaned();
        var decision = CallWindow.Decide(cycle, receivedAt, origin.FormShownAt);
        if (decision is CallDecision.NotOpenYet or CallDecision.Closed)
        {
            // A repetition of what was accepted in time gets its first answer, also after the close.
            return origin.Key is null ? new Intake.OutsideWindow(decision, cycle)
                : await FindRepetitionAsync(cycle, input, origin.Key, cancel) ?? new Intake.OutsideWindow(decision, cycle);
        }
        if (new ProposalRules(cycle, texts).Validate(input) is { IsValid: false } result)
        {
            return new Intake.Invalid(result.Errors);
        }
        for (var attempt = 0; attempt < MostCollisions; attempt++)
        {
            var proposal = new Proposal(
                keys.CodeFor(origin.Key, attempt), cycle.Id, input.Content(), new Consent(Consent.CurrentText, receivedAt), Language.Known(input.Language),
                receivedAt, decision == CallDecision.OpenForFormsShownBefore, keys.FingerprintOf(origin.Key, input))
            { Via = origin.Via };
            var change = new Change(Tables.Proposals, ProposalStore.PartitionOf(cycle, proposal.Code)).Receive(proposal, actor: null);
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                snapshot.Include(proposal);
                return new Intake.Accepted(proposal, IsNew: true);
            }
            var there = await store.FindAsync(cycle, proposal.Code, cancel);
            if (there is not null && Compare(there, proposal.Fingerprint) is { } answer)
            {
                return answer;
            }
        }
        throw new InvalidOperationException("No free code was found for a proposal.");
    }

    private async Task<Intake?> FindRepetitionAsync(Cycle cycle, ProposalInput input, string key, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < MostCollisions; attempt++)
        {
            if (await store.FindAsync(cycle, keys.CodeFor(key, attempt), cancel) is not { } there)
            {
                return null;
            }
            if (Compare(there, keys.FingerprintOf(key, input)) is { } answer)
            {
                return answer;
            }
        }
        return null;
    }

    /// <summary>Null where the row is another key's: the code met it by chance.</summary>
    private static Intake? Compare(Proposal there, string fingerprint) =>
        there.Fingerprint == fingerprint ? new Intake.Accepted(there, IsNew: false)
        : ProposalKeys.IsSameKey(there.Fingerprint, fingerprint) ? new Intake.KeyUsedOtherwise()
        : null;
}
