using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>A meeting as typed.</summary>
public sealed record TypedMeeting(
    string? Kind, string? Activity, string? Title, string? Date, string? From, string? To, string? Place, string? Territory, string? Agenda, string? Link,
    string? Institution = null, string? Theme = null, string? Spokesperson = null, bool Registers = false, string? Places = null);

public static class MeetingRules
{
    private static readonly LocalTimePattern Hour = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The meeting without its code, or what is wrong with what was typed.</summary>
    /// <param name="codes">Of the institutions and themes that are known.</param>
    public static (Meeting? Meeting, IReadOnlyList<Fault> Faults) Read(TypedMeeting typed, Cycle cycle, IReadOnlySet<string> codes)
    {
        var (title, place, agenda) = (PlainText.Line(typed.Title), PlainText.Line(typed.Place), PlainText.Text(typed.Agenda));
        var territory = Chosen(typed.Territory);
        var (institution, theme, spokesperson) = (Chosen(typed.Institution), Chosen(typed.Theme), Chosen(PlainText.Line(typed.Spokesperson)));
        var link = typed.Link?.Trim() is { Length: > 0 } address ? address : null;
        var date = LocalDatePattern.Iso.Parse(typed.Date?.Trim() ?? "");
        var (from, to) = (Hour.Parse(typed.From?.Trim() ?? ""), Hour.Parse(typed.To?.Trim() ?? ""));
        var (places, noPlaces) = ReadPlaces(typed);
        Fault?[] faults =
        [
            Enum.TryParse<MeetingKind>(typed.Kind, out var kind) && Enum.IsDefined(kind) ? null : new Fault("kind", "KindMissing"),
            cycle.Activities.Any(activity => activity.Key == typed.Activity) ? null : new Fault("activity", "ActivityMissing"),
            title.Length == 0 ? new Fault("title", "TitleMissing") : Long("title", title, Meeting.LineLength),
            date.Success ? null : new Fault("date", "DateMissing"),
            from.Success ? null : new Fault("from", "HourMissing"),
            to.Success ? from.Success && to.Value <= from.Value ? new Fault("to", "EndsBeforeItBegins") : null : new Fault("to", "HourMissing"),
            place.Length == 0 ? new Fault("place", "PlaceMissing") : Long("place", place, Meeting.LineLength),
            territory is null || cycle.Territories.Any(known => known.Code == territory) ? null : new Fault("territory", "TerritoryUnknown"),
            institution is null ? kind == MeetingKind.HighLevel ? new Fault("institution", "InstitutionMissing") : null : codes.Contains(institution) ? null : new Fault("institution", "InstitutionMissing"),
            theme is null || codes.Contains(theme) ? null : new Fault("theme", "ThemeUnknown"),
            Long("spokesperson", spokesperson ?? "", Meeting.LineLength),
            Long("agenda", agenda, Meeting.AgendaLength),
            typed.Registers && !Meeting.Public.Contains(kind) ? new Fault("registers", "NotForThePublic") : null,
            noPlaces,
            link is null || (link.Length <= Meeting.LineLength && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http") ? null : new Fault("link", "LinkMalformed"),
        ];
        return faults.OfType<Fault>().ToList() is { Count: > 0 } wrong
            ? (null, wrong)
            : (new Meeting("", kind, typed.Activity!, title, date.Value + from.Value, date.Value + to.Value, place, territory, agenda)
            {
                Link = link,
                Institution = institution,
                Theme = theme,
                Spokesperson = spokesperson,
                Registration = typed.Registers ? new RegistrationTerms(places) : null,
            }, []);
    }

    /// <summary>Who registered keeps the place.</summary>
    /// <param name="taken">Places that are taken.</param>
    public static IReadOnlyList<Fault> Keep(RegistrationTerms? terms, int taken) =>
        taken == 0 ? [] : terms is null ? [new Fault("registers", "HasRegistrations", taken)] : terms.Places < taken ? [new Fault("places", "FewerPlaces", taken)] : [];

    /// <summary>Null places where there is room for all.</summary>
    private static (int? Places, Fault? Fault) ReadPlaces(TypedMeeting typed)
    {
        var text = typed.Places?.Trim() ?? "";
        return text.Length == 0 ? (null, null)
            : !typed.Registers ? (null, new Fault("registers", "PlacesWithoutRegistration"))
            : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var places) && places is > 0 and <= Meeting.MostPlaces ? (places, null)
            : (null, new Fault("places", "NoPlaces", Meeting.MostPlaces));
    }

    /// <summary>Guests as typed, one to a line: "Ana Ríos, ana@example.org" or the address alone.</summary>
    public static (IReadOnlyList<Guest> Guests, IReadOnlyList<Fault> Faults) ReadGuests(string? typed)
    {
        var lines = PlainText.Text(typed).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var guests = lines.Select(line => line.LastIndexOfAny([',', ';', '\t']) is >= 0 and var at
            ? new Guest(PlainText.Line(line[..at]), line[(at + 1)..].Trim())
            : new Guest("", line)).ToList();
        return (guests, [.. guests.Select((guest, index) => (guest, index)).Where(one => !RowRules.IsMailbox(one.guest.Mailbox)).Take(5).Select(one => new Fault("guests", "NoMailbox", one.index + 1))]);
    }

    /// <summary>With those who are not among them yet, each mailbox once.</summary>
    public static IReadOnlyList<Guest> With(IReadOnlyList<Guest> guests, IEnumerable<Guest> more) =>
        [.. guests.Concat(more).DistinctBy(guest => guest.Mailbox.ToUpperInvariant())];

    /// <param name="typed">People by sector; an empty field is nobody.</param>
    public static (IReadOnlyList<Attendance> Attendance, IReadOnlyList<Fault> Faults) ReadAttendance(Func<string, string?> typed)
    {
        var faults = new List<Fault>();
        var groups = new List<Attendance>();
        foreach (var sector in Choices.Sectors)
        {
            var text = typed(sector)?.Trim() ?? "";
            if (text.Length > 0 && (!int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var people) || people > 100_000))
            {
                faults.Add(new Fault($"sector-{sector}", "NoNumber"));
            }
            else if (text.Length > 0 && text.Any(digit => digit != '0'))
            {
                groups.Add(new Attendance(sector, int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
        return (groups, faults);
    }

    /// <param name="agreements">One to a line.</param>
    public static (Minutes? Minutes, IReadOnlyList<Fault> Faults) ReadMinutes(string? text, string? agreements, Meeting meeting, Cycle cycle, Instant now)
    {
        var (written, agreed) = (PlainText.Text(text), PlainText.Text(agreements).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var fault = meeting.Starts.Date > cycle.DateOf(now) ? new Fault("minutes", "NotHeld")
            : written.Length == 0 ? new Fault("minutes", "MinutesMissing")
            : Long("minutes", written, Meeting.MinutesLength) ?? agreed.Select(line => Long("agreements", line, Meeting.AgendaLength)).FirstOrDefault(tooLong => tooLong is not null);
        return fault is null ? (new Minutes(written, agreed, now), []) : (null, [fault]);
    }

    /// <summary>What its guests must be told of.</summary>
    public static bool IsMoved(Meeting meeting, Meeting before) =>
        (meeting.Title, meeting.Starts, meeting.Ends, meeting.Place, meeting.Link, meeting.Cancelled) != (before.Title, before.Starts, before.Ends, before.Place, before.Link, before.Cancelled);

    private static string? Chosen(string? typed) => typed is { Length: > 0 } ? typed : null;

    private static Fault? Long(string field, string text, int most) => text.EnumerateRunes().Count() > most ? new Fault(field, "TooLong", most) : null;
}
