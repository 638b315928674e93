using System.Text.Json.Serialization;
using NodaTime;

namespace OpenGov.Functions.Emails;

public enum MailState
{
    /// <summary>To be sent, or tried again.</summary>
    Pending,

    /// <summary>Claimed by one delivery.</summary>
    Sending,

    /// <summary>Accepted by SendGrid.</summary>
    Sent,

    /// <summary>Perhaps accepted: a signed event tells, or nobody does.</summary>
    Unknown,

    /// <summary>Refused by SendGrid for good.</summary>
    Refused,

    /// <summary>What it said held no more when it could have gone.</summary>
    Withdrawn,

    /// <summary>The addressee's server took it.</summary>
    Delivered,

    /// <summary>The addressee's server refused it, or SendGrid did not try.</summary>
    Bounced,
}

/// <summary>What SendGrid's events tell of a mail, the weightiest last: a bounce is never forgotten for a delivery.</summary>
public enum MailNews { Accepted, Delivered, Dropped, Bounced }

/// <param name="At">By SendGrid's clock.</param>
/// <param name="Reason">In the words of the addressee's server.</param>
public sealed record MailTold(MailNews News, DateTimeOffset At, string? Reason);

/// <summary>What one event tells of one mail.</summary>
/// <param name="Round">In which the mail that it tells of was sent.</param>
public sealed record MailEvent(string Key, int Round, MailTold Told);

/// <summary>Staff took note of a mail that was in trouble, and it is a task no more.</summary>
/// <param name="State">That it had; another trouble is another task.</param>
/// <param name="Reason">As typed; it may name people, and so is kept here and not in the record of events.</param>
public sealed record MailSettlement(MailState State, string Actor, string Reason, Instant At);

/// <summary>Where one mail stands, and what sending it again needs.</summary>
/// <param name="Effect">Null where an event told of a mail of which nothing is known here (yet, or any more).</param>
/// <param name="Known">What our own sending knows: never <see cref="MailState.Delivered"/> or <see cref="MailState.Bounced"/>.</param>
/// <param name="Claim">Who claimed it; tells a lost response from another's claim.</param>
/// <param name="At">Of the last change of <paramref name="Known"/>, by the system's clock.</param>
/// <param name="Attempts">Begun so far.</param>
public sealed record Mail(MailEffect? Effect, MailState Known, string Claim, DateTimeOffset At, int Attempts)
{
    public string Subject { get; init; } = "";

    /// <summary>Raised when staff send it again. What is told of an earlier round, and of its address, counts no more.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The weightiest news of this round.</summary>
    public MailTold? Told { get; init; }

    /// <summary>SendGrid's last answer, where it was no acceptance.</summary>
    public int? Status { get; init; }

    /// <summary>Attempts that were answered with an error of SendGrid's own, which may have accepted after all: the mail was tried again.</summary>
    public int Doubts { get; init; }

    /// <summary>By the system's clock: SendGrid asked not to be tried earlier.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Of the last change, by the domain's clock.</summary>
    public Instant? Since { get; init; }

    /// <summary>It went once more by itself in this round, for nobody told of the first.</summary>
    public bool Resent { get; init; }

    /// <summary>Nobody told of the second either: staff must look.</summary>
    public bool Escalated { get; init; }

    public MailSettlement? Settled { get; init; }

    /// <summary>In which it was begun; what is told of it later belongs there.</summary>
    public string? Trace { get; init; }

    /// <summary>The last round in which it became a task; 0 where it never was one.</summary>
    public int FlaggedIn { get; init; }

    [JsonIgnore]
    public MailState State => MailTransitions.StateOf(Known, Told?.News);

    [JsonIgnore]
    public bool NeedsStaff => Effect is not null && Settled?.State != State
        && (State is MailState.Bounced or MailState.Refused || (State == MailState.Unknown && Escalated));
}
