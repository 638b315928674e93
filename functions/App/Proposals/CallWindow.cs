using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Proposals;

public enum CallDecision { Open, OpenForFormsShownBefore, NotOpenYet, Closed }

/// <summary>Whether the call takes a proposal: by the server's receipt time, to the second.</summary>
public static class CallWindow
{
    public static readonly Duration Grace = Duration.FromMinutes(15);

    /// <param name="formShownAt">When the form was shown; null where none was (the API).</param>
    public static CallDecision Decide(Cycle cycle, Instant receivedAt, Instant? formShownAt = null)
    {
        var opens = cycle.StartOf(cycle.Call.Opens);
        var closes = cycle.EndOf(cycle.Call.Closes);
        return receivedAt < opens ? CallDecision.NotOpenYet
            : receivedAt < closes ? CallDecision.Open
            : formShownAt < closes && receivedAt < closes + Grace ? CallDecision.OpenForFormsShownBefore
            : CallDecision.Closed;
    }
}
