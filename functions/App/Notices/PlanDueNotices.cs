using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Notices;

/// <summary>Puts notices into the due index; the next digest takes those whose day is behind.</summary>
public sealed class PlanDueNotices(NoticeStore store, CurrentCycle current, TimeProvider clock) : IEffectHandler
{
    public string Kind => PlanNotices.EffectKind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var cycle = await current.GetAsync(cancel);
        var today = cycle.DateOf(clock.GetCurrentInstant());
        foreach (var notice in effect.Payload.Deserialize<IReadOnlyList<DueNotice>>(Json.Options)!)
        {
            await store.PlanAsync(cycle.Id, notice, today, cancel);
        }
        return EffectOutcome.Done;
    }
}

/// <summary>Plans the chronogram's notices when a cycle was loaded or changed.</summary>
public sealed class PlanActivityNotices(NoticeStore store, CurrentCycle current, TimeProvider clock) : IEffectHandler
{
    public string Kind => CycleChanged.EffectKind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var changed = effect.Payload.Deserialize<CycleChanged>(Json.Options)!;
        var cycle = (await current.FindAsync(cancel))!.Record;
        if (changed.Cycle != cycle.Id || changed.Version != cycle.Version)
        {
            // A later change plans for itself.
            return EffectOutcome.Done;
        }
        var today = cycle.DateOf(clock.GetCurrentInstant());
        foreach (var notice in NoticePlanner.ForCycle(cycle, changed.At))
        {
            await store.PlanAsync(cycle.Id, notice, today, cancel);
        }
        return EffectOutcome.Done;
    }
}
