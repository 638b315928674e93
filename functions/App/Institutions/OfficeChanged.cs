using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

/// <summary>Tells whoever asks offices that something about these has changed; what it is now stands in their store.</summary>
/// <param name="Group">Of offices: the authorities, the liaisons.</param>
public sealed record OfficeChanged(string Cycle, IReadOnlyList<string> Institutions, string Group = OfficeChanged.Authorities)
{
    public const string EffectKind = "office-changed";
    public const string Authorities = "authority";

    public static Effect Effect(Cycle cycle, params IReadOnlyList<string> institutions) => Effect(cycle, Authorities, institutions);

    public static Effect Effect(Cycle cycle, string group, IReadOnlyList<string> institutions) =>
        Storage.Effect.Of(EffectKind, $"{EffectKind}!{Guid.CreateVersion7():N}", new OfficeChanged(cycle.Id, institutions, group));
}
