using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Participation;
using OpenGov.Functions.Plans;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Home;

/// <summary>How far the cycle has come, in numbers.</summary>
/// <param name="Themes">That the forum adopted.</param>
/// <param name="Asked">Notas sent, of which <paramref name="Answered"/> have an answer.</param>
/// <param name="Commitments">That go into the plan.</param>
/// <param name="People">Who came to meetings.</param>
public sealed record HomeFigures(int Proposals, int People, int Themes, int Asked, int Answered, int Commitments);

/// <param name="Plan">The version that was approved; null before one was.</param>
/// <param name="Coming">The next public meetings.</param>
public sealed record HomeModel(Cycle Cycle, LocalDate Today, HomeFigures Figures, PlanVersion? Plan, IReadOnlyList<Meeting> Coming);

public sealed class ShowHome(
    CurrentCycle cycles, ProposalSnapshot proposals, RecentParticipation participation, RecentThemes themes, RecentRequests requests, RecentCommitments commitments,
    RecentPlan plan, RecentMeetings meetings, TimeProvider clock)
{
    private const int ComingOnes = 3;

    // A route of "/" makes every function of the runtime answer 500 where the prefix is empty.
    [Function(nameof(ShowHome))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{home:maxlength(0)?}")] HttpRequest request, string? home, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var today = cycle.DateOf(clock.GetCurrentInstant());
        var notas = await requests.GetAsync(cancel);
        return Page.Of<HomePage>(new
        {
            Model = new HomeModel(
                cycle, today,
                new HomeFigures(
                    await proposals.CountAsync(cancel), (await participation.GetAsync(cancel)).People,
                    (await themes.GetAsync(cancel)).Count(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted),
                    notas.Count, notas.Count(nota => nota.Answer is not null), (await commitments.GetAsync(cancel)).Count(commitment => commitment.IsOfPlan)),
                (await plan.GetAsync(cancel)).Current?.Version is { Stands: true } version ? version : null,
                [.. (await meetings.GetAsync(cancel)).Where(meeting => meeting.Cancelled is null && meeting.Starts.Date >= today && meeting.Kind is not (MeetingKind.Forum or MeetingKind.HighLevel)).OrderBy(meeting => meeting.Starts).Take(ComingOnes)]),
        });
    }
}
