using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Meetings.HighLevel;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Themes;

namespace OpenGov.Functions.Meetings;

/// <summary>An activity that consists of meetings: one was held at least, and those that were held have their minutes.</summary>
public sealed class MeetingsHeld(string activity, bool withMinutes, MeetingStore meetings, RegistrationStore registrations, IStringLocalizer<MeetingTexts> texts, TimeProvider clock) : IActivityCheck
{
    public string Activity => activity;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var held = (await meetings.ListAsync(cycle, cancel))
            .Where(meeting => meeting.Activity == activity && meeting.Cancelled is null && meeting.Starts.InZoneLeniently(cycle.Zone).ToInstant() <= now).ToList();
        var (silent, empty) = (held.Count(meeting => meeting.Minutes is null && meeting.Kind != MeetingKind.Media), held.Count(meeting => meeting.Attended == 0 && meeting.Kind != MeetingKind.Media));
        var registered = await registrations.CountAsync(cycle, cancel);
        var unmarked = held.Where(meeting => registered.GetValueOrDefault(meeting.Code) > 0 && meeting.Attended > 0 && meeting.Present.Count == 0).ToList();
        return held.Count == 0 ? [new Lack(texts["LackMeeting"], "/staff/meetings", Blocks: true)] :
        [
            .. silent == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackMinutes", silent], "/staff/meetings", Blocks: withMinutes)],
            .. empty == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackAttendance", empty], "/staff/meetings", Blocks: false)],
            .. unmarked.Count == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackMarks", unmarked.Count], $"/staff/meetings/{unmarked[0].Code}", Blocks: false)],
        ];
    }
}

public sealed class HighLevelMeetingsHeld(HighLevelMap map, IStringLocalizer<HighLevelTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.HighLevelMeetings;

    /// <summary>Who does not receive ANTAI holds nobody up.</summary>
    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel) =>
        (await map.ReadAsync(cancel)).Count(place => place.State != HighLevelState.Held) is > 0 and var pending ? [new Lack(texts["Lack", pending], "/staff/meetings#high-level", Blocks: false)] : [];
}

/// <summary>Each adopted theme has its co-creation table.</summary>
public sealed class TablesHeld(ThemeStore themes, MeetingStore meetings, IStringLocalizer<MeetingTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Tables;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var worked = (await meetings.ListAsync(cycle, cancel)).Where(meeting => meeting is { Kind: MeetingKind.Table, Cancelled: null }).Select(meeting => meeting.Theme).ToHashSet();
        var without = (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted && !worked.Contains(theme.Code)).Select(theme => theme.Code).ToList();
        return without.Count == 0 ? [] : [new Lack(texts["LackTables", string.Join(", ", without)], "/staff/meetings", Blocks: false)];
    }
}
