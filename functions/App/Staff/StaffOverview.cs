using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Plans;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Notas;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Staff;

/// <param name="Late">Past their date and not done: the longest first.</param>
/// <param name="Next">The few that open next.</param>
public sealed record ActivityGroups(IReadOnlyList<Activity> Late, IReadOnlyList<Activity> Open, IReadOnlyList<Activity> Next)
{
    private const int NextOnes = 3;

    public static ActivityGroups Of(Cycle cycle, LocalDate today)
    {
        var byState = cycle.Dated.ToLookup(activity => activity.StateOn(today));
        return new ActivityGroups(
            [.. byState[ActivityState.Closed].OrderBy(activity => activity.Closes)],
            [.. byState[ActivityState.Open].OrderBy(activity => activity.Closes)],
            [.. byState[ActivityState.Upcoming].OrderBy(activity => activity.Opens).Take(NextOnes)]);
    }
}

/// <summary>What the staff see first.</summary>
/// <param name="Notas">How many are in each group.</param>
/// <param name="Commitments">How many stand in each state.</param>
/// <param name="Handovers">Announced changes of holder whose day has come, and that nobody has recorded.</param>
/// <param name="ToDecide">Institutions' objections on which nobody has decided.</param>
/// <param name="Mails">How many are in trouble.</param>
/// <param name="Unsorted">Proposals under no theme.</param>
/// <param name="Unanswered">Proposals without a reasoned response.</param>
/// <param name="Meetings">The next ones.</param>
/// <param name="AmendmentsUntil">Until when the delivered plan may be changed; null where it may not.</param>
public sealed record Overview(
    LocalDate Today, ActivityGroups Activities, int Proposals, IReadOnlyDictionary<NotaGroup, int> Notas, IReadOnlyList<Institution> Handovers,
    IReadOnlyDictionary<CommitmentState, int> Commitments, int ToDecide, IReadOnlyList<NoticeRow> Notices, int Mails, WorkReport Work)
{
    public required int Unsorted { get; init; }

    public required int Unanswered { get; init; }

    public required IReadOnlyList<Meeting> Meetings { get; init; }

    public required LocalDate? AmendmentsUntil { get; init; }
}

public sealed class StaffOverview(
    CurrentCycle cycles, ProposalSnapshot proposals, RecentRequests requests, RecentCommitments commitments, InstitutionStore institutions,
    RecentMeetings meetings, RecentPlan plan, NoticeReading notices, MailTasks mails, WaitingWork work, TimeProvider clock)
{
    private const int DaysAhead = 7;
    private const int NextMeetings = 5;

    public async Task<Overview> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var today = cycle.DateOf(now);
        var drafts = await commitments.GetAsync(cancel);
        var received = await proposals.AllAsync(cancel);
        return new Overview(
            today,
            ActivityGroups.Of(cycle, today),
            await proposals.CountAsync(cancel),
            (await requests.GetAsync(cancel)).SelectMany(answered => NotaGroups.Of(answered.Request, cycle, now)).CountBy(group => group).ToDictionary(),
            [.. (await institutions.ListAsync(cycle, cancel)).Where(institution => institution.Announced?.From <= today)],
            drafts.CountBy(commitment => commitment.Standing.State).ToDictionary(),
            drafts.Sum(commitment => commitment.ToDecide.Count),
            await notices.UpcomingAsync(today, today.PlusDays(DaysAhead), cancel),
            await mails.CountAsync(cancel),
            await work.LookAsync(cancel))
        {
            Unsorted = received.Unsorted.Count(),
            Unanswered = received.Unanswered.Count(),
            Meetings = [.. (await meetings.GetAsync(cancel)).Where(meeting => meeting.Cancelled is null && meeting.Ends.Date >= today).OrderBy(meeting => meeting.Starts).Take(NextMeetings)],
            AmendmentsUntil = (await plan.GetAsync(cancel)).Delivery is not null && cycle.Plan?.AmendmentsUntil is { } until && today <= until ? until : null,
        };
    }
}
