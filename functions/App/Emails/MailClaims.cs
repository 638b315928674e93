namespace OpenGov.Functions.Emails;

public enum ClaimStep { Send, Wait, Done, Flag }

/// <summary>What a delivery does with a mail that is there already.</summary>
public static class MailClaims
{
    /// <summary>A delivery that takes longer has ended without telling: its mail may have gone or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static (ClaimStep Step, TimeSpan Wait) Next(Mail mail, string claim, DateTimeOffset now) => mail.State switch
    {
        MailState.Pending when mail.NotBefore > now => (ClaimStep.Wait, mail.NotBefore.Value - now),
        MailState.Pending => (ClaimStep.Send, default),
        MailState.Sending when mail.Claim == claim => (ClaimStep.Send, default),
        MailState.Sending when now - mail.At < Longest => (ClaimStep.Wait, Longest - (now - mail.At)),
        MailState.Sending => (ClaimStep.Flag, default),
        _ => (ClaimStep.Done, default),
    };
}
