using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Proposals;

namespace OpenGov.Functions.Meetings;

public enum MeetingKind { Forum, Table, Outreach, Presentation, Media, HighLevel, Training, Launch }

/// <summary>People who come together on a day for an activity, or a spokesperson in the media: announced, held, told of.</summary>
/// <param name="Code">"R-001", unique in its cycle.</param>
/// <param name="Activity">The key of the activity that it belongs to.</param>
/// <param name="Starts">In the cycle's zone.</param>
/// <param name="Place">A place, or the outlet of an appearance in the media.</param>
/// <param name="Territory">A code of the cycle's territories; null where it is for the whole country.</param>
public sealed record Meeting(
    string Code, MeetingKind Kind, string Activity, string Title, LocalDateTime Starts, LocalDateTime Ends, string Place, string? Territory, string Agenda)
{
    public const int LineLength = 200;
    public const int AgendaLength = 4000;
    public const int MinutesLength = 20_000;
    public const int MostGuests = 500;
    public const int MostPlaces = 10_000;

    /// <summary>Kinds that the public may register for.</summary>
    public static IReadOnlyList<MeetingKind> Public { get; } = [MeetingKind.Outreach, MeetingKind.Table, MeetingKind.Presentation, MeetingKind.Training, MeetingKind.Launch];

    /// <summary>The code of the institution with which it is held; null where it is with no one institution.</summary>
    public string? Institution { get; init; }

    /// <summary>The code of the theme that it works on; null where it is of no one theme.</summary>
    public string? Theme { get; init; }

    /// <summary>Who speaks for the process in the media; null elsewhere.</summary>
    public string? Spokesperson { get; init; }

    /// <summary>Where it can be followed or read, from anywhere; null where it cannot.</summary>
    public string? Link { get; init; }

    /// <summary>Raised by every change that its guests must know of.</summary>
    public int Sequence { get; init; }

    /// <summary>Their mailboxes are not public.</summary>
    public IReadOnlyList<Guest> Guests { get; init; } = [];

    /// <summary>Null where nobody registers for it.</summary>
    public RegistrationTerms? Registration { get; init; }

    /// <summary>The parts of the contact list that were invited.</summary>
    public IReadOnlyList<InvitedContacts> Contacts { get; init; } = [];

    /// <summary>Who came without having registered.</summary>
    public IReadOnlyList<Attendance> Attendance { get; init; } = [];

    /// <summary>Who registered and came.</summary>
    public IReadOnlyList<Presence> Present { get; init; } = [];

    /// <summary>The codes of their registrations.</summary>
    public IReadOnlyList<string> PresentCodes { get; init; } = [];

    /// <summary>The mailboxes of the guests who came, where it was noted by name.</summary>
    public IReadOnlyList<string> Came { get; init; } = [];

    /// <summary>Null until they are published.</summary>
    public Minutes? Minutes { get; init; }

    /// <summary>Null where it holds.</summary>
    public Cancellation? Cancelled { get; init; }

    [JsonIgnore]
    public int Attended => BySector.Sum(group => group.People);

    /// <summary>Everybody who came, in the order of the sectors.</summary>
    [JsonIgnore]
    public IReadOnlyList<Attendance> BySector =>
    [
        .. Choices.Sectors.Select(sector => new Attendance(
            sector, Attendance.Where(group => group.Sector == sector).Sum(group => group.People) + Present.Where(group => group.Sector == sector).Sum(group => group.People)))
            .Where(group => group.People > 0),
    ];

    /// <summary>Each who came is of one territory: the one that was said on registering, else the meeting's.</summary>
    /// <param name="territory">Null for whoever is of none.</param>
    public int AttendedFrom(string? territory) =>
        Present.Where(group => (group.Territory ?? Territory) == territory).Sum(group => group.People) + (Territory == territory ? Attendance.Sum(group => group.People) : 0);
}

/// <param name="Places">Null where there is room for all.</param>
public sealed record RegistrationTerms(int? Places);

public sealed record Guest(string Name, string Mailbox);

/// <summary>How many of a sector came.</summary>
/// <param name="Sector">One of the sectors of authors.</param>
public sealed record Attendance(string Sector, int People);

/// <summary>How many of a sector and territory registered and came.</summary>
/// <param name="Territory">Null where it was not said.</param>
public sealed record Presence(string Sector, string? Territory, int People);

/// <summary>The acta, public from the day of its publication.</summary>
public sealed record Minutes(string Text, IReadOnlyList<string> Agreements, Instant PublishedAt);

/// <param name="Reason">Public.</param>
public sealed record Cancellation(string Reason, Instant At);
