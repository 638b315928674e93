using System.Globalization;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Meetings.HighLevel;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Meetings.Replies;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Subscriptions;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Agenda;

/// <param name="Fields">Of the form, by name.</param>
public sealed record TypedAct(string Act, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields)
{
    public string? this[string field] => Fields.GetValueOrDefault(field)?[0];

    public IReadOnlyList<string> All(string field) => Fields.GetValueOrDefault(field) ?? [];

    public TypedMeeting Meeting => new(this["kind"], this["activity"], this["title"], this["date"], this["from"], this["to"], this["place"], this["territory"], this["agenda"], this["link"],
        this["institution"], this["theme"], this["spokesperson"], this["registers"] == "yes", this["places"]);

    public static TypedAct Of(string act, IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> form) => new(act, form.Where(field => field.Value.Count > 0).ToDictionary(field => field.Key, field => (IReadOnlyList<string>)[.. field.Value.Select(value => value ?? "")]));

    /// <summary>As if the meeting's own data had been typed.</summary>
    public static TypedMeeting Of(Meeting meeting) => new(
        meeting.Kind.ToString(), meeting.Activity, meeting.Title, LocalDatePattern.Iso.Format(meeting.Starts.Date), meeting.Starts.ToString("HH:mm", CultureInfo.InvariantCulture),
        meeting.Ends.ToString("HH:mm", CultureInfo.InvariantCulture), meeting.Place, meeting.Territory, meeting.Agenda, meeting.Link,
        meeting.Institution, meeting.Theme, meeting.Spokesperson, meeting.Registration is not null, meeting.Registration?.Places?.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What a meeting can be about.</summary>
public sealed record MeetingChoices(IReadOnlyList<Institution> Institutions, IReadOnlyList<Theme> Themes);

/// <param name="Registered">How many registered, by the meeting's code.</param>
public sealed record MeetingsModel(Cycle Cycle, ListView<Meeting> List, MeetingChoices Choices, IReadOnlyList<HighLevelPlace> HighLevel, IReadOnlyDictionary<string, int> Registered)
{
    public TypedAct? Typed { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];
}

public sealed record MeetingModel(Cycle Cycle, Meeting Meeting, MeetingChoices Choices, IReadOnlyDictionary<string, ItemAnswer> Replies)
{
    public required IReadOnlyList<Registrant> Registrants { get; init; }

    /// <summary>How many are on the contact list.</summary>
    public required int Contacts { get; init; }

    public TypedAct? Typed { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsOvertaken { get; init; }

    /// <summary>The act that was just done.</summary>
    public string? Done { get; init; }

    /// <summary>Whether the act was just tried.</summary>
    public bool Is(string act) => Typed?.Act == act;

    /// <summary>What was typed, else what is known.</summary>
    public string? Value(string act, string field, string? known) => Is(act) ? Typed![field] : known;
}

public sealed class MeetingDesk(
    MeetingStore store, RegistrationStore registrations, SubscriptionStore subscriptions, InstitutionStore institutions, ThemeStore themes, MeetingReplies replies, HighLevelMap highLevel,
    ChangeMeeting change, InviteGuests invite, RecordAttendance attendance, MeetingList list, CurrentCycle cycles)
{
    public async Task<MeetingsModel> ListAsync(ListQuery asked, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return new MeetingsModel(cycle, await list.ViewAsync(asked, cancel), await ChoicesAsync(cycle, cancel), await highLevel.ReadAsync(cancel), await registrations.CountAsync(cycle, cancel));
    }

    public async Task<MeetingModel?> FindAsync(string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return await store.FindAsync(cycle, code, cancel) is { } meeting
            ? new MeetingModel(cycle, meeting, await ChoicesAsync(cycle, cancel), await replies.ReadAsync(cycle, meeting, cancel))
            {
                Registrants = await registrations.ListAsync(cycle, code, cancel),
                Contacts = (await subscriptions.ContactsAsync(cycle, cancel)).Count,
            }
            : null;
    }

    /// <summary>Null for what is no act of a meeting.</summary>
    public Task<Edited<Meeting>>? ChangeAsync(string code, TypedAct typed, string by, CancellationToken cancel) => typed.Act switch
    {
        "edit" => change.EditAsync(code, typed.Meeting, typed["seen"], by, cancel),
        "invite" => invite.RunAsync(code, new TypedInvitation(typed.All("group"), typed["guests"], typed["contact-sector"], typed["contact-territory"]), typed["seen"], by, cancel),
        "attend" => attendance.RunAsync(code, new TypedAttendance(sector => typed[$"sector-{sector}"], typed.All("came"), typed.All("present")), typed["seen"], by, cancel),
        "minutes" => change.PublishAsync(code, typed["minutes"], typed["agreements"], typed["seen"], by, cancel),
        "cancel" => change.CancelAsync(code, typed["reason"], typed["seen"], by, cancel),
        _ => null,
    };

    private async Task<MeetingChoices> ChoicesAsync(Cycle cycle, CancellationToken cancel) => new(
        await institutions.ListAsync(cycle, cancel), [.. (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted)]);
}
