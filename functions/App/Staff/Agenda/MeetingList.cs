using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff.Agenda;

/// <summary>The meetings of the cycle. Its filters have other names than the form that announces one.</summary>
public sealed class MeetingList(
    MeetingStore store, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<AgendaTexts> texts, IStringLocalizer<MeetingTexts> words) : IStaffList
{
    private static readonly string[] States = ["upcoming", "without-minutes", "with-minutes", "cancelled"];

    public string Name => "meetings";

    public async Task<ListView<Meeting>> ViewAsync(ListQuery asked, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return ListView.Of(ShapeOf(cycle), await store.ListAsync(cycle, cancel), asked);
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => await ViewAsync(asked, cancel);

    private ListShape<Meeting> ShapeOf(Cycle cycle)
    {
        var now = clock.GetCurrentInstant().InZone(cycle.Zone).LocalDateTime;
        return new ListShape<Meeting>(
            Name, "/staff/meetings",
            meeting => $"{meeting.Code} {meeting.Title} {meeting.Place} {meeting.Agenda} {meeting.Spokesperson}",
            [
                new("type", [.. Enum.GetValues<MeetingKind>().Select(kind => ($"{kind}", words[$"Kind-{kind}"].Value))], meeting => $"{meeting.Kind}"),
                new("step", [.. cycle.Dated.Select(activity => (activity.Key, $"{activity.Number}. {activity.Title}"))], meeting => meeting.Activity),
                new("state", [.. States.Select(state => (state, texts[$"State-{state}"].Value))], StateOf),
            ],
            [
                ListOrder.Down("latest", (Meeting meeting) => meeting.Starts),
                ListOrder.By("earliest", (Meeting meeting) => meeting.Starts),
                ListOrder.ByWords("name", (Meeting meeting) => meeting.Title),
            ],
            [
                new("code", meeting => meeting.Code),
                new("title", meeting => meeting.Title),
                new("type", meeting => words[$"Kind-{meeting.Kind}"]),
                new("activity", meeting => cycle.Activity(meeting.Activity).Title.ToString()),
                new("day", meeting => LocalDatePattern.Iso.Format(meeting.Starts.Date)),
                new("place", meeting => meeting.Place),
                new("territory", meeting => meeting.Territory),
                new("attended", meeting => meeting.Attended.ToString(CultureInfo.InvariantCulture)),
                new("state", meeting => texts[$"State-{StateOf(meeting)}"]),
                new("cancelled", meeting => meeting.Cancelled?.Reason),
            ]);

        string StateOf(Meeting meeting) =>
            meeting.Cancelled is not null ? "cancelled" : meeting.Minutes is not null ? "with-minutes" : meeting.Starts > now ? "upcoming" : "without-minutes";
    }
}
