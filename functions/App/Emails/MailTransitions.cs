using NodaTime;

namespace OpenGov.Functions.Emails;

/// <summary>What happens to a mail on our side.</summary>
public enum MailAct
{
    /// <summary>A delivery claims it.</summary>
    Begin,

    /// <summary>SendGrid was not reached, or refused for now.</summary>
    PutOff,

    Accept,

    Refuse,

    /// <summary>The connection or the worker ended before the answer.</summary>
    Lose,

    Withdraw,

    /// <summary>Nobody told of it in time: it goes once more.</summary>
    Repeat,

    /// <summary>Staff send it again.</summary>
    Reopen,
}

/// <summary>
/// The one table of a mail's states. What our sending knows and what events tell are kept apart, and only the
/// weightiest news of the latest round counts: so the end is the same in whatever order, and however often, events come.
/// </summary>
public static class MailTransitions
{
    /// <summary>How long an event is waited for, by the domain's clock.</summary>
    public static readonly Duration EventPatience = Duration.FromHours(1);

    internal static readonly IReadOnlyDictionary<(MailState Known, MailAct Act), MailState> Table = new Dictionary<(MailState Known, MailAct Act), MailState>
    {
        [(MailState.Pending, MailAct.Begin)] = MailState.Sending,
        [(MailState.Pending, MailAct.Withdraw)] = MailState.Withdrawn,
        [(MailState.Sending, MailAct.PutOff)] = MailState.Pending,
        [(MailState.Sending, MailAct.Accept)] = MailState.Sent,
        [(MailState.Sending, MailAct.Refuse)] = MailState.Refused,
        [(MailState.Sending, MailAct.Lose)] = MailState.Unknown,
        // The answer came after others had given it up.
        [(MailState.Unknown, MailAct.Accept)] = MailState.Sent,
        [(MailState.Unknown, MailAct.Repeat)] = MailState.Pending,
        [(MailState.Pending, MailAct.Reopen)] = MailState.Pending,
        [(MailState.Sending, MailAct.Reopen)] = MailState.Pending,
        [(MailState.Sent, MailAct.Reopen)] = MailState.Pending,
        [(MailState.Unknown, MailAct.Reopen)] = MailState.Pending,
        [(MailState.Refused, MailAct.Reopen)] = MailState.Pending,
        [(MailState.Withdrawn, MailAct.Reopen)] = MailState.Pending,
    };

    public static MailState StateOf(MailState known, MailNews? told) => told switch
    {
        MailNews.Bounced or MailNews.Dropped => MailState.Bounced,
        MailNews.Delivered => MailState.Delivered,
        MailNews.Accepted => MailState.Sent,
        _ => known,
    };

    /// <summary>What is counted as become of a mail; null for a state on the way.</summary>
    public static string? OutcomeOf(MailState state) => state switch
    {
        MailState.Sent => "accepted",
        MailState.Delivered => "delivered",
        MailState.Bounced => "bounced",
        MailState.Refused => "refused",
        MailState.Unknown => "unknown",
        _ => null,
    };

    /// <summary>The mail after <paramref name="act"/>; null where that cannot happen to it.</summary>
    public static Mail? After(Mail mail, MailAct act, DateTimeOffset systemNow, Instant now)
    {
        if (!Table.TryGetValue((mail.Known, act), out var known))
        {
            return null;
        }
        // Whether the first of two went is still unknown: an event must tell.
        known = known == MailState.Sent && mail.Resent ? MailState.Unknown : known;
        return mail with { Known = known, At = systemNow, Since = now, Status = null, NotBefore = null };
    }

    /// <summary>An event of an earlier round changes nothing, and none makes a weightier one forgotten.</summary>
    public static Mail Tell(Mail mail, int round, MailTold told) =>
        round < mail.Round ? mail
        : round > mail.Round ? mail with { Round = round, Told = told }
        : mail.Told is { } known && !IsWeightier(told, known) ? mail
        : mail with { Told = told };

    /// <summary>Of two events of one mail, the one that counts. Ties are broken, so that the order of arrival never decides.</summary>
    public static MailEvent Weightier(MailEvent one, MailEvent other) =>
        one.Round != other.Round ? (one.Round > other.Round ? one : other) : IsWeightier(one.Told, other.Told) ? one : other;

    /// <summary>Sent again by staff: a new round, in which nothing is told yet. Null while a delivery has it in hand.</summary>
    /// <param name="by">Tells this act from another's.</param>
    public static Mail? Reopen(Mail mail, string address, string by, DateTimeOffset systemNow, Instant now) =>
        mail.State == MailState.Sending || mail.Effect is null || After(mail, MailAct.Reopen, systemNow, now) is not { } reopened ? null : reopened with
        {
            Effect = mail.Effect with { To = address },
            Round = mail.Round + 1,
            Claim = by,
            Told = null,
            Resent = false,
            Escalated = false,
            Settled = null,
        };

    /// <summary>When nobody has told of it for too long, by the domain's clock; null where nothing is waited for.</summary>
    public static Instant? LookAgainAt(Mail mail) =>
        mail is { State: MailState.Unknown, Escalated: false, Effect: not null } ? mail.Since!.Value + EventPatience : null;

    /// <summary>What follows when an event has been waited for until <paramref name="now"/>; null where nothing does.</summary>
    public static Mail? Unheard(Mail mail, DateTimeOffset systemNow, Instant now) =>
        LookAgainAt(mail) is not { } due || now < due ? null
        : mail.Resent || After(mail, MailAct.Repeat, systemNow, now) is not { } repeated ? mail with { Escalated = true }
        : repeated with { Resent = true, Claim = "" };

    /// <summary>Whether the change from <paramref name="before"/> asks for another sending.</summary>
    public static bool GoesAgain(Mail before, Mail after) =>
        after is { Known: MailState.Pending, Effect: not null } && ((after.Round > before.Round && after.Told is null) || (after.Resent && !before.Resent));

    private static bool IsWeightier(MailTold one, MailTold other) =>
        one.News != other.News ? one.News > other.News
        : one.At != other.At ? one.At < other.At
        : string.CompareOrdinal(one.Reason, other.Reason) > 0;
}
