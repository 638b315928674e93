using System.Diagnostics;

namespace OpenGov.Functions.Telemetry;

/// <summary>
/// One trace from a proposal to its delivered receipt. What a change brings about happens later and elsewhere, so the
/// trace is kept with the work: in the row of an effect, in a queue's message, in the row of a mail.
/// </summary>
public static class Traces
{
    public const string Source = "OpenGov.Functions";

    private static readonly ActivitySource Activities = new(Source);

    /// <summary>What to keep with work, so that it goes on in this trace; null where nothing is traced.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;

    /// <param name="trace">As it was kept (W3C traceparent). Whatever called is linked where it is of another trace.</param>
    public static Activity? Continue(string name, string? trace, ActivityKind kind = ActivityKind.Internal)
    {
        var here = Activity.Current?.Context ?? default;
        if (!ActivityContext.TryParse(trace, null, isRemote: true, out var kept) || kept.TraceId == here.TraceId)
        {
            return Activities.StartActivity(name, kind);
        }
        return Activities.StartActivity(name, kind, kept, links: here == default ? null : [new ActivityLink(here)]);
    }
}
