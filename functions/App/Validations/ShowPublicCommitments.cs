using Microsoft.Azure.Functions.Worker;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Validations;

/// <summary>Where each commitment stands, in public.</summary>
public sealed class BrowseCommitments(RecentCommitments recent, InstitutionStore institutions, CurrentCycle cycles)
{
    [Function(nameof(BrowseCommitments))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "commitments")] HttpRequest request, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        return Page.Of<CommitmentListPage>(new
        {
            Cycle = cycle,
            All = await recent.GetAsync(cycle, cancel),
            Names = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code, institution => institution.Name),
            State = request.Query["state"].ToString(),
            Institution = request.Query["institution"].ToString(),
        });
    }
}

public sealed class ShowCommitment(RecentCommitments recent, RecentDevelopments developments, InstitutionStore institutions, CurrentCycle cycles)
{
    [Function(nameof(ShowCommitment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "commitments/{number}")] HttpRequest request, string number, CancellationToken cancel)
    {
        if (await cycles.FindAsync(request.Query[CycleAddress.Field], cancel) is not { } cycle
            || (await recent.GetAsync(cycle, cancel)).FirstOrDefault(commitment => commitment.Number == number) is not { } found)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        return Page.Of<CommitmentPage>(new
        {
            Commitment = found,
            Developed = (await developments.GetAsync(cycle, cancel)).FirstOrDefault(commitment => commitment.Number == number),
            Cycle = cycle,
            Names = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code, institution => institution.Name),
        });
    }
}

public sealed class ReadCommitments(RecentCommitments recent, CurrentCycle cycles)
{
    [Function(nameof(ReadCommitments))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/commitments")] HttpRequest request, CancellationToken cancel)
    {
        var zone = (await cycles.GetAsync(cancel)).Zone;
        return Results.Json(new { Items = (await recent.GetAsync(cancel)).Select(commitment => CommitmentView.Of(commitment, zone)) }, Json.Options);
    }
}

/// <summary>A commitment with its lineage, as the API gives it.</summary>
public static class CommitmentView
{
    public static object Of(ConsolidatedCommitment commitment, DateTimeZone zone) => new
    {
        commitment.Number,
        commitment.Case.Draft.Title,
        commitment.Case.Draft.Theme,
        commitment.Standing.State,
        commitment.Case.Current.Text,
        Version = commitment.Case.Current.Number,
        commitment.Lead,
        commitment.Supporting,
        commitment.Case.Draft.Proposals,
        commitment.Case.Draft.Table,
        commitment.Case.Draft.Continued,
        Positions = commitment.Standing.Participants.Select(participant => new
        {
            participant.Institution,
            Role = participant.IsLead ? "lead" : "supporting",
            participant.Position,
            Request = participant.Ask?.Nota,
            participant.Answer?.Choice,
            Hash = participant.AnswerHash,
        }),
        Versions = commitment.Case.Versions.Select(version => new { version.Number, version.Text, By = version.Decision?.Kind }),
        Requests = commitment.Asks.Where(ask => ask.Request is not null).Select(ask => new
        {
            Request = ask.Nota,
            ask.Institution,
            ask.Version,
            Answer = ask.Answer is { } answer ? new { answer.Choice, answer.Texts, Hash = Consolidation.Fingerprint(answer) } : null,
        }),
        Decisions = commitment.Case.Decisions.Select(decision => new
        {
            decision.Kind,
            At = decision.At.InZone(zone).ToOffsetDateTime(),
            decision.Reason,
            decision.Institution,
            Request = decision.Nota,
            AnswerHash = decision.Answer,
            decision.Replacement,
            FollowUp = decision.FollowUp,
        }),
    };
}
