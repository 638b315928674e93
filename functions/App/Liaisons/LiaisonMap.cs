using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Themes;

namespace OpenGov.Functions.Liaisons;

public enum LiaisonState { NotAsked, Asked, NoAnswer, NotOurs, Named }

/// <summary>One institution and one of its themes.</summary>
/// <param name="Liaison">Null until one is named.</param>
public sealed record LiaisonPlace(Institution Institution, Theme Theme, LiaisonState State, Liaison? Liaison);

/// <summary>Which institutions have named whom for what.</summary>
public sealed class LiaisonMap(ThemeStore themes, InstitutionStore institutions, LiaisonStore liaisons, RequestStore requests, CurrentCycle cycles, TimeProvider clock)
{
    /// <summary>By theme, then institution.</summary>
    public async Task<IReadOnlyList<LiaisonPlace>> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var byCode = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code);
        var named = (await liaisons.ListAsync(cycle, cancel)).ToDictionary(liaison => (liaison.Institution, liaison.Theme));
        var asked = (await requests.ListAsync(cycle.Id, cancel)).Where(nota => nota.Request.Kind == DesignationKind.Name && !nota.Request.IsAnnulled).ToList();
        return
        [
            .. (await themes.ListAsync(cycle, cancel)).SelectMany(theme => theme.Institutions.Where(byCode.ContainsKey).Select(code =>
            {
                var liaison = named.GetValueOrDefault((code, theme.Code));
                var nota = asked.LastOrDefault(nota => nota.Request.Institution == code && nota.Request.Items.Any(item => item.Number == theme.Code));
                return new LiaisonPlace(byCode[code], theme, StateOf(liaison, nota, theme.Code, cycle), liaison);
            })),
        ];
    }

    private LiaisonState StateOf(Liaison? liaison, AnsweredRequest? nota, string theme, Cycle cycle) =>
        liaison is not null ? LiaisonState.Named
        : nota is null ? LiaisonState.NotAsked
        : nota.Answer?.Items.Any(item => item.Item == theme) == true ? LiaisonState.NotOurs
        : nota.Request.StateAt(clock.GetCurrentInstant(), cycle) == RequestState.NoAnswer ? LiaisonState.NoAnswer
        : LiaisonState.Asked;
}
