using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>What staff look for among the notas; one nota may be in several.</summary>
public enum NotaGroup { Silent, DueSoon, InTime, WaitsForCode, Held, Answered, MailInTrouble, Annulled }

public static class NotaGroups
{
    /// <summary>Working days.</summary>
    private const int Soon = 3;

    /// <summary>All but <see cref="NotaGroup.MailInTrouble"/>, which the nota does not know.</summary>
    public static IEnumerable<NotaGroup> Of(OfficialRequest request, Cycle cycle, Instant now)
    {
        switch (request.StateAt(now, cycle))
        {
            case RequestState.Annulled:
                yield return NotaGroup.Annulled;
                yield break;
            case RequestState.Confirmed:
                yield return NotaGroup.Answered;
                break;
            case RequestState.NoAnswer:
                yield return NotaGroup.Silent;
                break;
            default:
                yield return request.Waits || request.HeldSince is not null ? NotaGroup.Held : NotaGroup.InTime;
                break;
        }
        var phase = request.PhaseAt(now, cycle);
        if (phase is RequestPhase.Sent or RequestPhase.Prepared && request.Due <= cycle.WorkingDays.After(cycle.DateOf(now), Soon) && now < cycle.EndOf(request.Due))
        {
            yield return NotaGroup.DueSoon;
        }
        if (request.Draft is not null)
        {
            yield return NotaGroup.WaitsForCode;
        }
    }
}
