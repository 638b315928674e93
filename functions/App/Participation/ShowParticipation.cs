using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Participation;

/// <param name="Code">Of a territory, a sector or a channel; null for what nobody said.</param>
/// <param name="People">Who came to meetings.</param>
public sealed record Share(string? Code, int Proposals, int People);

/// <summary>Who takes part, by where they live, whom they stand for and how they came.</summary>
public sealed record ParticipationFigures(int Proposals, int People, IReadOnlyList<Share> Territories, IReadOnlyList<Share> Sectors, IReadOnlyList<Share> Channels)
{
    /// <param name="proposals">Those that stand: not what was hidden.</param>
    /// <param name="held">Those that were not cancelled.</param>
    public static ParticipationFigures Of(Cycle cycle, IReadOnlyList<Proposal> proposals, IReadOnlyList<Meeting> held)
    {
        IReadOnlyList<Share> Shares(IEnumerable<string> codes, Func<Proposal, string?> ofProposal, Func<string?, int> people) =>
        [
            .. codes.Append(null).Select(code => new Share(code, proposals.Count(proposal => ofProposal(proposal) == code), people(code)))
                .Where(share => share.Code is not null || share.Proposals + share.People > 0),
        ];
        return new ParticipationFigures(
            proposals.Count, held.Sum(meeting => meeting.Attended),
            Shares(cycle.Territories.Select(territory => territory.Code), proposal => proposal.Content.Territory, code => held.Sum(meeting => meeting.AttendedFrom(code))),
            Shares(Choices.Sectors, proposal => proposal.Content.Author.Sector, code => held.SelectMany(meeting => meeting.BySector).Where(group => group.Sector == code).Sum(group => group.People)),
            [.. proposals.CountBy(proposal => proposal.Content.Channel).Select(channel => new Share(channel.Key, channel.Value, 0)).OrderByDescending(share => share.Proposals)]);
    }
}

/// <summary>The figures, at most some seconds old.</summary>
public sealed class RecentParticipation(ProposalSnapshot proposals, MeetingStore meetings, CurrentCycle cycles)
{
    private readonly Recent<ParticipationFigures> recent = new(async cancel =>
    {
        var cycle = await cycles.GetAsync(cancel);
        return ParticipationFigures.Of(
            cycle, [.. (await proposals.FindAllAsync(new ProposalFilter(), cancel)).Where(proposal => proposal.Hidden is null)],
            [.. (await meetings.ListAsync(cycle, cancel)).Where(meeting => meeting.Cancelled is null)]);
    });

    public ValueTask<ParticipationFigures> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);
}

public sealed class ShowParticipation(RecentParticipation figures, CurrentCycle cycles)
{
    [Function(nameof(ShowParticipation))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "participation")] HttpRequest request, CancellationToken cancel) =>
        Page.Of<ParticipationPage>(new { Cycle = await cycles.GetAsync(cancel), Figures = await figures.GetAsync(cancel) });
}

public static class ParticipationFeature
{
    public static IServiceCollection AddParticipation(this IServiceCollection services) => services.AddSingleton<RecentParticipation>();
}

/// <summary>Names the resources of this folder.</summary>
public sealed class ParticipationTexts;
