using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;

namespace OpenGov.Functions.Requests;

/// <summary>
/// A nota: what an office is asked, until when, and how far it got. It follows the office and not the person.
/// What may happen to it, and when, is in <see cref="RequestLife"/>.
/// </summary>
/// <param name="Id">"001-2019", unique in its cycle.</param>
/// <param name="Kind">Names the <see cref="IRequestKind"/>.</param>
/// <param name="Number">As it is cited: "Nota N.º 001-2019".</param>
/// <param name="Office">As it was when the nota was last sent: the code goes to the mailbox to which the nota went.</param>
/// <param name="SentAt">When it was first sent; when it was put aside, while it <see cref="Waits"/>.</param>
/// <param name="Generation">Raised when the links sent before must die.</param>
public sealed record OfficialRequest(
    string Cycle, string Id, string Kind, string Number, int Round, string Institution, string InstitutionName,
    Office Office, string? SecretariatMailbox, IReadOnlyList<RequestItem> Items, Instant SentAt, LocalDate Due, int Generation = 0)
{
    /// <summary>Which office of the institution is asked: null for its authority, the theme's code for a liaison.</summary>
    public string? Seat { get; init; }

    /// <summary>A change of holder is announced: it has its number, and goes out to the new holder.</summary>
    public bool Waits { get; init; }

    /// <summary>A change of holder was announced after it went out: its time stands still. Null where it runs.</summary>
    public Instant? HeldSince { get; init; }

    /// <summary>Prepared by whoever holds the link, and waiting for its code; null when nothing waits.</summary>
    public Draft? Draft { get; init; }

    /// <summary>When each version of the answer was prepared, from version 1 on.</summary>
    public IReadOnlyList<Instant> Prepared { get; init; } = [];

    /// <summary>Every answer that took effect, in the order in which it was recorded.</summary>
    public IReadOnlyList<Confirmation> Confirmations { get; init; } = [];

    /// <summary>What was done to it beside answering, in order.</summary>
    public IReadOnlyList<RecordedAct> Acts { get; init; } = [];

    public Delegation? Delegation { get; init; }

    /// <summary>Asked for by whoever holds the link, and waiting for the office's code.</summary>
    public PendingDelegation? PendingDelegation { get; init; }

    /// <summary>When each delegation was asked for, from the first on.</summary>
    public IReadOnlyList<Instant> DelegationsAsked { get; init; } = [];

    /// <summary>When wrong codes were typed, within a day of the last.</summary>
    public IReadOnlyList<Instant> WrongCodes { get; init; } = [];

    /// <summary>When staff closed the round; null while answers are accepted.</summary>
    public Instant? ClosedAt { get; init; }

    [JsonIgnore]
    public bool IsAnnulled => Acts.Any(act => act.Act == RequestAct.Annul);

    /// <summary>How many holders of the office were asked before the present one.</summary>
    [JsonIgnore]
    public int Term => Acts.Count(act => act.Act == RequestAct.Reissue);

    /// <summary>When the present holder got it.</summary>
    [JsonIgnore]
    public Instant IssuedAt => Acts.LastOrDefault(act => act.Act is RequestAct.Reissue)?.At ?? SentAt;

    /// <summary>Raised by everything that who acts on it must have seen.</summary>
    [JsonIgnore]
    public int Revision => Acts.Count + Confirmations.Count;

    /// <summary>
    /// The answer that counts: of the last holder who answered, a signed paper before anything confirmed by e-mail, and
    /// of those the last.
    /// </summary>
    [JsonIgnore]
    public Confirmation? Standing => Confirmations.Count == 0 ? null : Confirmations
        .Select((confirmation, order) => (confirmation, order))
        .OrderBy(one => one.confirmation.Term)
        .ThenBy(one => one.confirmation.Paper is not null)
        .ThenBy(one => one.confirmation.Paper?.ReceivedOn ?? LocalDate.MinIsoValue)
        .ThenBy(one => one.order)
        .Last().confirmation;

    public RequestState StateAt(Instant now, Cycle cycle) =>
        IsAnnulled ? RequestState.Annulled
        : Standing is not null ? RequestState.Confirmed
        : DueRules.HasPassed(this, cycle, now) ? RequestState.NoAnswer
        : Term > 0 ? RequestState.Reissued
        : RequestState.Sent;

    public bool IsLateAt(Instant now, Cycle cycle) => Standing?.Late ?? StateAt(now, cycle) == RequestState.NoAnswer;
}

/// <summary>What the public is told of a nota.</summary>
public enum RequestState { Sent, Confirmed, NoAnswer, Annulled, Reissued }

/// <param name="DueBefore">The due date that it replaced; null where it replaced none.</param>
/// <param name="By">The member of staff, for the record; null where nobody of the staff acted.</param>
public sealed record RecordedAct(RequestAct Act, Instant At, string? By = null, string? Reason = null, LocalDate? DueBefore = null);

/// <summary>Who prepares the answer in the office's place. The office goes on confirming.</summary>
public sealed record Delegation(int Number, string Name, string Office, string Mailbox, Instant At);

public sealed record PendingDelegation(Delegation Asked, int WrongCodes);

/// <summary>In Unicode code points.</summary>
public static class RequestLimits
{
    public const int Line = 120;
    public const int Reason = 2000;
    public const int Mailbox = 254;
}
