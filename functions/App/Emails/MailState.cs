namespace OpenGov.Functions.Emails;

public enum MailState
{
    /// <summary>Claimed by one delivery.</summary>
    Sending,

    /// <summary>Refused for now; to be tried again.</summary>
    Pending,

    /// <summary>Accepted by SendGrid.</summary>
    Sent,

    /// <summary>Perhaps accepted: never sent again silently.</summary>
    Unknown,

    /// <summary>Refused for good.</summary>
    Refused,
}

/// <summary>Where one mail stands. It names no person: the identity leads to the record that does.</summary>
/// <param name="Claim">Who claimed it; tells a lost response from another's claim.</param>
/// <param name="At">By the system's clock.</param>
/// <param name="Attempts">Begun so far.</param>
/// <param name="Status">SendGrid's last answer, where it was no acceptance.</param>
public sealed record Mail(string Identity, string Template, MailState State, string Claim, DateTimeOffset At, int Attempts, int? Status = null);

/// <summary>A mail that staff must look at, with what a resend needs.</summary>
public sealed record FlaggedMail(Mail Mail, MailEffect Effect);

public enum ClaimStep { Send, Wait, Done, Flag }

public static class MailClaims
{
    /// <summary>A delivery that takes longer has ended without telling: its mail may have gone or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>What a delivery with <paramref name="claim"/> does with a mail that is there already.</summary>
    public static (ClaimStep Step, TimeSpan Wait) Next(Mail mail, string claim, DateTimeOffset now) => mail.State switch
    {
        MailState.Pending => (ClaimStep.Send, default),
        MailState.Sending when mail.Claim == claim => (ClaimStep.Send, default),
        MailState.Sending when now - mail.At < Longest => (ClaimStep.Wait, Longest - (now - mail.At)),
        MailState.Sending => (ClaimStep.Flag, default),
        _ => (ClaimStep.Done, default),
    };
}
