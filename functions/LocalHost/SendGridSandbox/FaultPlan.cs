using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenGov.LocalHost.SendGridSandbox;

/// <param name="Status">Answered instead of accepting; with <paramref name="RetryAfter"/> in seconds.</param>
/// <param name="CutAfterAccept">Accepts, and ends the connection before the answer; with a status, answers with that one though it has accepted.</param>
/// <param name="Event">What is told of the next mail that is accepted, instead of its delivery; of the next one to <paramref name="To"/>, where there is one.</param>
internal sealed record Fault(
    int? Status = null, int? RetryAfter = null, int Times = 1, bool CutAfterAccept = false, string? Event = null, string? To = null);

internal static class FaultPlan
{
    private const string Usage = """Send {"sendgrid":[{"status":429,"retryAfter":2,"times":3},{"cutAfterAccept":true},{"event":"bounce","to":"a@example.org"}]}; an empty list ends all faults.""";
    private static readonly string[] Events = ["delivered", "bounce", "dropped", "deferred", "duplicate", "late", "none"];
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Null, with what is wrong, where the plan is not understood.</summary>
    public static IReadOnlyList<Fault>? Read(string json, out string problem)
    {
        try
        {
            var planned = JsonSerializer.Deserialize<Plan>(json, Strict)?.Sendgrid;
            problem = planned is null ? Usage : planned.Select(Problem).FirstOrDefault(found => found is not null) ?? "";
            return problem.Length == 0 ? planned : null;
        }
        catch (JsonException)
        {
            problem = Usage;
            return null;
        }
    }

    private static string? Problem(Fault fault) => fault switch
    {
        { Status: < 400 or > 599 } => "status is 400 to 599.",
        { RetryAfter: < 0 } => "retryAfter is in seconds, 0 or more.",
        { Times: < 1 or > 1_000_000 } => "times is 1 or more.",
        { Event: { } name } when !Events.Contains(name) => $"event is one of {string.Join(", ", Events)}.",
        { Event: not null } and ({ Status: not null } or { CutAfterAccept: true }) => "A fault is of the answer or of the event: send two.",
        { Event: null, To: not null } => "to goes with an event.",
        { Status: null, CutAfterAccept: false, Event: null } => "A fault has a status, cutAfterAccept or an event.",
        _ => null,
    };

    private sealed record Plan(List<Fault>? Sendgrid);
}
