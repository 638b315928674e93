using NodaTime;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>The effect of every change that notices depend on: whoever announces the chronogram plans anew.</summary>
/// <param name="At">What was due up to then stays as it was.</param>
public sealed record CycleChanged(string Cycle, int Version, Instant At)
{
    public const string EffectKind = "cycle-changed";

    public static Effect Of(Cycle cycle, Instant at) =>
        Effect.Of(EffectKind, $"cycle!{cycle.Id}!{cycle.Version}!{at.ToUnixTimeMilliseconds()}", new CycleChanged(cycle.Id, cycle.Version, at));
}
