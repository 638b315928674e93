using System.Text.Json;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Liaisons;

/// <summary>
/// Keeps who the liaisons of an institution are, by its answers as they stand: it looks at all of them, so that it may
/// be asked at any time, and twice.
/// </summary>
public sealed class KeepLiaisons(LiaisonStore store, RequestStore requests, CurrentCycle cycles, Ledger ledger) : IEffectHandler
{
    private const string EffectKind = "keep-liaisons";

    public string Kind => EffectKind;

    public static Effect EffectOf(OfficialRequest request, RequestAnswer answer) =>
        Effect.Of(EffectKind, $"{EffectKind}!{request.Cycle}!{request.Id}!{answer.Version}", new Answered(request.Institution));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var institution = effect.Payload.Deserialize<Answered>(Json.Options)!.Institution;
        var cycle = await cycles.GetAsync(cancel);
        var before = (await store.ListAsync(cycle, institution, cancel)).ToDictionary(stored => stored.Record.Theme);
        var answered = (await requests.ListAsync(cycle.Id, cancel)).Where(nota => nota.Request.Kind == DesignationKind.Name && nota.Request.Institution == institution);
        var now = LiaisonRules.Designated(answered).Select(liaison => LiaisonRules.Following(liaison, before.GetValueOrDefault(liaison.Theme)?.Record)).ToList();
        var changed = now.Where(liaison => before.GetValueOrDefault(liaison.Theme)?.Record != liaison).ToList();
        var gone = before.Values.Where(stored => now.TrueForAll(liaison => liaison.Theme != stored.Record.Theme)).ToList();
        if (changed.Count + gone.Count == 0)
        {
            return EffectOutcome.Done;
        }
        var change = new Change(Tables.Liaisons, LiaisonStore.PartitionOf(cycle))
            .Record(OfficialEvent.Of(
                "liaisons-designated", institution,
                new
                {
                    Liaisons = changed.Select(liaison => new { liaison.Theme, Principal = liaison.Principal.Name, Alternate = liaison.Alternate.Name, liaison.Nota }),
                    Without = gone.Select(stored => stored.Record.Theme),
                }))
            .Then(OfficeChanged.Effect(cycle, LiaisonOffices.Name, [institution]))
            .Then(LiaisonMail.Of(cycle, changed, before));
        foreach (var liaison in changed)
        {
            var row = LiaisonStore.RowOf(institution, liaison.Theme);
            change = before.TryGetValue(liaison.Theme, out var stored) ? change.Replace(row, liaison, stored.ETag) : change.Add(row, liaison);
        }
        foreach (var stored in gone)
        {
            change.Delete(LiaisonStore.RowOf(institution, stored.Record.Theme), stored.ETag);
        }
        return await ledger.CommitAsync(change, cancel) == CommitResult.Committed
            ? EffectOutcome.Done
            : throw new InvalidOperationException("The liaisons changed meanwhile; they are kept at the next try.");
    }

    private sealed record Answered(string Institution);
}
