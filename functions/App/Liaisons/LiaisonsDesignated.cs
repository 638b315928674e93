using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Themes;

namespace OpenGov.Functions.Liaisons;

/// <summary>Each adopted theme has its institutions, and each of them its liaison; who does not answer holds nobody up.</summary>
public sealed class LiaisonsDesignated(ThemeStore themes, LiaisonMap map, IStringLocalizer<LiaisonTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Liaisons;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var adopted = (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted).ToList();
        var without = adopted.Count(theme => theme.Institutions.Count == 0);
        var places = await map.ReadAsync(cancel);
        var (unasked, open) = (places.Count(place => place.State == LiaisonState.NotAsked), places.Count(place => place.State is LiaisonState.Asked or LiaisonState.NoAnswer));
        return
        [
            .. adopted.Count == 0 ? [new Lack(texts["LackThemes"], "/staff/themes", Blocks: true)] : Array.Empty<Lack>(),
            .. without == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackMapping", without], "/staff/liaisons", Blocks: true)],
            .. unasked == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackNotas", unasked], $"/staff/ask/{DesignationKind.Name}", Blocks: true)],
            .. open == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackLiaisons", open], "/staff/liaisons", Blocks: false)],
        ];
    }
}
