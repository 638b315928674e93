using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

/// <param name="What">
/// "sent", "confirmed", "confirmed-late", "signed", "signed-late", "corrected", "rectified", "no-answer", "extended",
/// "reissued", "annulled", "closed".
/// </param>
/// <param name="Reason">What staff gave as their reason.</param>
/// <param name="Due">The due date from then on, where it was moved.</param>
/// <param name="ReceivedOn">The day on which a signed nota came, which staff enter afterwards.</param>
public sealed record RequestStep(Instant At, string What, string? Reason = null, LocalDate? Due = null, LocalDate? ReceivedOn = null);

/// <summary>What the public sees of a nota's course: what was only prepared, delegated or held is not in it.</summary>
public static class RequestTimeline
{
    public static IReadOnlyList<RequestStep> TimelineAt(this OfficialRequest request, Instant now, Cycle cycle)
    {
        var acts = request.Acts.Select((act, index) => (act, index)).Where(one => NameOf(one.act.Act) is not null).Select(one => new RequestStep(
            one.act.At, NameOf(one.act.Act)!, one.act.Reason, DueAfter(request, one.index)));
        return [.. AnswersAt(request, now, cycle).Concat(acts).OrderBy(step => step.At)];
    }

    /// <summary>That it was asked, answered or not answered, and closed: all but the acts.</summary>
    public static IReadOnlyList<RequestStep> AnswersAt(OfficialRequest request, Instant now, Cycle cycle)
    {
        var steps = new List<RequestStep> { new(request.SentAt, "sent") };
        steps.AddRange(request.Confirmations.Select((confirmation, index) => new RequestStep(confirmation.At, WordOf(request, index), ReceivedOn: confirmation.Paper?.ReceivedOn)));
        steps.AddRange(Silences(request, now, cycle).Select(end => new RequestStep(end - Duration.FromSeconds(1), "no-answer")));
        if (request.ClosedAt is { } closed)
        {
            steps.Add(new RequestStep(closed, "closed"));
        }
        return steps;
    }

    /// <summary>The due date that the act at <paramref name="index"/> set; null where it moved none.</summary>
    public static LocalDate? DueAfter(OfficialRequest request, int index) => request.Acts[index].DueBefore is null
        ? null
        : request.Acts.Skip(index + 1).Select(act => act.DueBefore).FirstOrDefault(before => before is not null) ?? request.Due;

    private static string WordOf(OfficialRequest request, int index)
    {
        var confirmation = request.Confirmations[index];
        return confirmation.Paper is not null ? confirmation.Late ? "signed-late" : "signed"
            : index == 0 ? confirmation.Late ? "confirmed-late" : "confirmed"
            : confirmation.Term > request.Confirmations[index - 1].Term ? "rectified"
            : "corrected";
    }

    private static string? NameOf(RequestAct act) => act switch
    {
        RequestAct.Extend => "extended",
        RequestAct.Reissue => "reissued",
        RequestAct.Annul => "annulled",
        _ => null,
    };

    /// <summary>The ends of the times that passed without an answer.</summary>
    private static IEnumerable<Instant> Silences(OfficialRequest request, Instant now, Cycle cycle)
    {
        var dues = request.Acts.Where(act => act.DueBefore is not null).Select(act => (Due: act.DueBefore!.Value, Until: act.At))
            .Append((request.Due, Until: now));
        // A signed nota that came in time and was entered later ends no silence that the public saw: its step says when it came.
        var first = request.Confirmations.Count > 0 ? request.Confirmations.Min(confirmation => confirmation.At) : Instant.MaxValue;
        foreach (var (due, until) in dues)
        {
            var end = cycle.EndOf(due);
            if (end <= until && end <= first && !IsHeldAt(request, end) && !IsAnnulledBefore(request, end))
            {
                yield return end;
            }
        }
    }

    private static bool IsHeldAt(OfficialRequest request, Instant moment) => request.Acts
        .LastOrDefault(act => act.At < moment && act.Act is RequestAct.Hold or RequestAct.Release or RequestAct.Reissue)?.Act == RequestAct.Hold;

    private static bool IsAnnulledBefore(OfficialRequest request, Instant moment) =>
        request.Acts.Any(act => act.Act == RequestAct.Annul && act.At < moment);
}
