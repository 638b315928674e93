using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>What a nota does when its office changes. It looks at how both are now, so that it may be asked at any time, and twice.</summary>
public static class OfficeFollowing
{
    /// <summary>The act that brings the nota to its office as it is now; null where it is there.</summary>
    public static RequestAct? Next(OfficialRequest request, Addressee to, RequestPhase phase) => phase switch
    {
        RequestPhase.Annulled or RequestPhase.Closed => null,
        RequestPhase.Waiting => !to.IsChanging ? RequestAct.Send : null,
        _ when to.IsChanging => RequestLife.Allows(phase, RequestAct.Hold) ? RequestAct.Hold : null,
        _ when request.Office.Term != to.Office.Term => RequestAct.Reissue,
        _ when request.Office.Mailbox != to.Office.Mailbox => RequestAct.Readdress,
        RequestPhase.Held => RequestAct.Release,
        _ => null,
    };
}

/// <summary>
/// The request follows the office: while a change is announced its time stands still, a new holder gets it anew, an
/// announcement that is withdrawn lets it go on.
/// </summary>
public sealed class FollowOffice(RequestStore store, Addressees addressees, RequestKinds kinds, ActOnRequest acts, CurrentCycle cycles) : IEffectHandler
{
    private const int MostActs = 4;

    public string Kind => OfficeChanged.EffectKind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var changed = effect.Payload.Deserialize<OfficeChanged>(Json.Options)!;
        var asked = (await store.ListAsync(changed.Cycle, cancel)).Select(answered => answered.Request)
            // An authority stands in where an office of another group has nobody.
            .Where(request => changed.Institutions.Contains(request.Institution) && (changed.Group == OfficeChanged.Authorities || kinds.Of(request).Asks == changed.Group)).ToList();
        foreach (var request in asked)
        {
            await AlignAsync(request, cancel);
        }
        return EffectOutcome.Done;
    }

    /// <summary>Brings one nota to its office as it is now.</summary>
    public async Task AlignAsync(OfficialRequest known, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var steps = 0; steps < MostActs; steps++)
        {
            // Who left the group keeps what was asked of him.
            if (await addressees.FindAsync(known, cycle, cancel) is not { } to
                || !await acts.FollowAsync(known.Id, request => OfficeFollowing.Next(request.Request, to, request.Phase), to, cancel))
            {
                return;
            }
        }
    }
}
