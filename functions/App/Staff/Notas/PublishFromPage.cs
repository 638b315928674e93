using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Validations.Publication;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <param name="Behind">The proposals that led to it.</param>
public sealed record CommitmentToPresent(ConsolidatedCommitment Commitment, IReadOnlyList<Proposal> Behind)
{
    public int Told => PeopleToTell.Count([this]);
}

/// <param name="Seen">What is to be presented, as it was looked at.</param>
public sealed record PresentingModel(Cycle Cycle, IReadOnlyList<CommitmentToPresent> Pending, string Seen)
{
    /// <summary>It changed since it was looked at: nothing was done.</summary>
    public bool IsOvertaken { get; init; }
}

internal static class PeopleToTell
{
    /// <summary>Each mailbox once.</summary>
    public static int Count(IEnumerable<CommitmentToPresent> presented) =>
        presented.SelectMany(one => one.Behind).Select(proposal => proposal.Content.Author.Email).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count();
}

public sealed class PresentingDesk(PublishCommitments publish, ProposalSnapshot proposals, CurrentCycle cycles)
{
    public async Task<PresentingModel> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (pending, all) = (await publish.PendingAsync(cycle, cancel), await proposals.AllAsync(cancel));
        return new PresentingModel(
            cycle, [.. pending.Select(one => new CommitmentToPresent(one, [.. TellAuthors.Behind(one.Case.Draft.Proposals, all)]))],
            Editing.SeenOf(pending.Select(one => $"{one.Number}/{one.Case.Current.Number}").ToList()));
    }
}

/// <summary>What would be presented, and to whom it would be told: it is looked at before it is done.</summary>
public sealed class ShowPresenting(StaffGate gate, PresentingDesk desk)
{
    [Function(nameof(ShowPresenting))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/present-commitments")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Organiser, cancel)).Refusal
        ?? Page.Of<PresentingPage>(new { Model = await desk.ReadAsync(cancel), Query = request.QueryString.Value ?? "" });
}

/// <summary>Presents what was validated since the last time.</summary>
public sealed class PublishFromPage(StaffGate gate, PresentingDesk desk, PublishCommitments publish)
{
    [Function(nameof(PublishFromPage))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/present-commitments")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (admission.Form["seen"].FirstOrDefault() is { } seen && await desk.ReadAsync(cancel) is var now && seen != now.Seen && now.Pending.Count > 0)
        {
            return Page.Of<PresentingPage>(new { Model = now with { IsOvertaken = true }, Query = request.QueryString.Value ?? "" }, StatusCodes.Status409Conflict);
        }
        return Page.See(request.HttpContext.Response, $"/staff/commitments{request.QueryString.Add("presented", $"{await publish.RunAsync(admission.Actor, cancel)}")}");
    }
}
