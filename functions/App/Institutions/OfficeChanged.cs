using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

/// <summary>Tells whoever asks offices that something about these has changed; what it is now stands in the institutions.</summary>
public sealed record OfficeChanged(string Cycle, IReadOnlyList<string> Institutions)
{
    public const string EffectKind = "office-changed";

    public static Effect Effect(Cycle cycle, params IReadOnlyList<string> institutions) =>
        Storage.Effect.Of(EffectKind, $"{EffectKind}!{Guid.CreateVersion7():N}", new OfficeChanged(cycle.Id, institutions));
}
