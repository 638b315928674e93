using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Validations;

/// <summary>A nota of a round on its way to the office.</summary>
public sealed record RoutedNota(string Cycle, int Round, string Id)
{
    public const string EffectKind = "route-validation";

    public static Effect Effect(Cycle cycle, int round, DispatchedNota nota) =>
        Storage.Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}!{nota.Id}", new RoutedNota(cycle.Id, round, nota.Id));
}

/// <summary>Routes one nota to its institution's authority. A message that comes twice finds the nota sent.</summary>
public sealed class RouteValidationRequest(
    DispatchStore dispatches, InstitutionStore institutions, SendRequest send, FollowOffice follow, CurrentCycle cycles, Arrivals arrivals, TimeProvider clock)
{
    [Function(nameof(RouteValidationRequest))]
    public async Task Run([QueueTrigger(Queues.ValidationRequests)] string message, CancellationToken cancel)
    {
        using var arrival = arrivals.Take<RoutedNota>(Queues.ValidationRequests, message);
        var routed = arrival.Work;
        var cycle = await cycles.GetAsync(cancel);
        var dispatch = await dispatches.FindAsync(cycle, routed.Round, cancel)
            ?? throw new InvalidOperationException($"Round {routed.Round} of cycle {routed.Cycle} is not known.");
        var nota = dispatch.Notas.Single(nota => nota.Id == routed.Id);
        var byCode = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code);
        var byNumber = (await dispatches.ListCasesAsync(cycle, cancel)).ToDictionary(commitment => commitment.Draft.Number);
        var to = byCode[nota.Institution];
        var request = new OfficialRequest(
            cycle.Id, nota.Id, ValidationKind.Name, nota.Number, dispatch.Round, to.Code, to.Name, to.Office, to.SecretariatMailbox,
            [.. nota.Asked.Select(asked => ItemOf(asked, nota, byNumber[asked.Number], byCode))], clock.GetCurrentInstant(), dispatch.Due)
        {
            Waits = to.Announced is not null,
        };
        await send.SendAsync(request, cycle, cancel);
        // The office may have changed since it was read.
        await follow.AlignAsync(request, cancel);
    }

    private static RequestItem ItemOf(AskedCommitment asked, DispatchedNota nota, CommitmentCase commitment, Dictionary<string, Institution> byCode)
    {
        var lead = commitment.Roles.Single(role => role.IsLead).Institution;
        var version = commitment.Versions[asked.Version - 1];
        var why = nota.Cause ?? (version.Decision is { Kind: DecisionKind.Revise } revised ? revised : null);
        return new RequestItem(asked.Number, commitment.Draft.Title, version.Text).With(new ValidationItem(
            commitment.Draft.Theme, byCode[lead].Name, [.. commitment.Roles.Where(role => !role.IsLead).Select(role => role.Institution)],
            lead == nota.Institution, asked.Version,
            why is null ? null : new WhyAsked(why.Kind, why.Reason, why.Institution is { } instead ? byCode[instead].Name : null)));
    }
}
