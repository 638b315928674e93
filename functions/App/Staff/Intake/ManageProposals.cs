using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals.Moderation;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

public sealed class ShowStaffProposals(StaffGate gate, ProposalList list)
{
    [Function(nameof(ShowStaffProposals))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/proposals")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<StaffProposalsPage>(new
        {
            Model = await list.ModelAsync(ListQuery.Of(request.Query), cancel) with
            {
                Sorted = int.TryParse(request.Query["sorted"], NumberStyles.None, CultureInfo.InvariantCulture, out var sorted) ? sorted : null,
            },
        });
}

public sealed class ShowStaffProposal(StaffGate gate, ProposalDesk desk)
{
    [Function(nameof(ShowStaffProposal))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/proposals/{code:length(9)}")] HttpRequest request, string code, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
            ?? (await desk.ModelAsync(code, cancel) is { } model ? Page.Of<StaffProposalPage>(new { Model = model }) : Page.Error(StatusCodes.Status404NotFound));
}

/// <summary>Hides, shows, merges or separates one proposal, with the reason that the public reads.</summary>
public sealed class ChangeProposal(StaffGate gate, ProposalDesk desk, ModerateProposal moderation)
{
    [Function(nameof(ChangeProposal))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/proposals/{code:length(9)}")] HttpRequest request, string code, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        if (!Enum.TryParse<ModerationAction>(form["action"], ignoreCase: true, out var action) || !Enum.IsDefined(action))
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        var wanted = new ModerationRequest(action, form["reason"], form["into"], form["asRead"].ToString());
        return await moderation.RunAsync(code, wanted, admission.Actor, cancel) switch
        {
            Moderated.Done(var proposal) => Page.See(request.HttpContext.Response, $"/staff/proposals/{proposal.Code}"),
            Moderated.ChangedMeanwhile => await ShowAsync(code, StatusCodes.Status409Conflict, model => model with { Typed = wanted, ChangedMeanwhile = true }, cancel),
            Moderated.Refused(var text) => await ShowAsync(code, StatusCodes.Status400BadRequest, model => model with { Typed = wanted, Refusal = text }, cancel),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };
    }

    private async Task<IResult> ShowAsync(string code, int status, Func<ProposalModel, ProposalModel> with, CancellationToken cancel) =>
        await desk.ModelAsync(code, cancel) is { } model ? Page.Of<StaffProposalPage>(new { Model = with(model) }, status) : Page.Error(StatusCodes.Status404NotFound);
}
