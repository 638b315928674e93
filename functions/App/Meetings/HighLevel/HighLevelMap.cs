using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Themes;

namespace OpenGov.Functions.Meetings.HighLevel;

public enum HighLevelState { NotAsked, Asked, NoAnswer, Answered, Announced, Held }

/// <param name="Agreed">The date to which the office agreed, before a meeting is announced.</param>
/// <param name="Nota">The id of the last nota; null before one was sent.</param>
public sealed record HighLevelPlace(Institution Institution, HighLevelState State, Meeting? Meeting, LocalDateTime? Agreed, string? Nota);

/// <summary>Which institutions have held their high-level meeting: all that a theme concerns.</summary>
public sealed class HighLevelMap(
    ThemeStore themes, InstitutionStore institutions, MeetingStore meetings, RequestStore requests, CurrentCycle cycles, TimeProvider clock)
{
    /// <summary>By institution.</summary>
    public async Task<IReadOnlyList<HighLevelPlace>> ReadAsync(CancellationToken cancel) => await ReadAsync(await cycles.GetAsync(cancel), cancel);

    public async Task<IReadOnlyList<HighLevelPlace>> ReadAsync(Cycle cycle, CancellationToken cancel)
    {
        var concerned = (await themes.ListAsync(cycle, cancel)).SelectMany(theme => theme.Institutions).ToHashSet();
        if (concerned.Count == 0)
        {
            return [];
        }
        var held = (await meetings.ListAsync(cycle, cancel)).Where(meeting => meeting is { Kind: MeetingKind.HighLevel, Cancelled: null }).ToLookup(meeting => meeting.Institution);
        var asked = (await requests.ListAsync(cycle.Id, cancel)).Where(nota => nota.Request.Kind == HighLevelKind.Name && !nota.Request.IsAnnulled).ToLookup(nota => nota.Request.Institution);
        return
        [
            .. (await institutions.ListAsync(cycle, cancel)).Where(institution => concerned.Contains(institution.Code))
                .Select(institution => Of(institution, held[institution.Code].MaxBy(meeting => meeting.Starts), asked[institution.Code].LastOrDefault(), cycle)),
        ];
    }

    private HighLevelPlace Of(Institution institution, Meeting? meeting, AnsweredRequest? nota, Cycle cycle)
    {
        var now = clock.GetCurrentInstant();
        var state = meeting is not null ? meeting.Ends.InZoneLeniently(cycle.Zone).ToInstant() <= now ? HighLevelState.Held : HighLevelState.Announced
            : nota is null ? HighLevelState.NotAsked
            : nota.Answer is not null ? HighLevelState.Answered
            : nota.Request.StateAt(now, cycle) == RequestState.NoAnswer ? HighLevelState.NoAnswer
            : HighLevelState.Asked;
        return new HighLevelPlace(institution, state, meeting, nota?.Answer is { } answer ? HighLevelKind.AgreedIn(nota.Request, answer) : null, nota?.Request.Id);
    }
}
